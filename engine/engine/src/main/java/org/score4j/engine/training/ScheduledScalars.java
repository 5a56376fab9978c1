package org.score4j.engine.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Numbers that depend on the step alone: computed in double on the host, fed at each run. */
final class ScheduledScalars {
  private record Scheduled(Placeholder<TFloat32> placeholder, LongToDoubleFunction ofStep) {}

  private final Ops tf;
  private final Map<String, Scheduled> byName = new LinkedHashMap<>();

  ScheduledScalars(Ops tf) {
    this.tf = tf;
  }

  Operand<TFloat32> get(String name, LongToDoubleFunction ofStep) {
    return byName
        .computeIfAbsent(
            name,
            unused ->
                new Scheduled(
                    tf.withName(name)
                        .placeholder(TFloat32.class, Placeholder.shape(Shape.scalar())),
                    ofStep))
        .placeholder();
  }

  void feed(Session.Runner runner, List<Tensor> fed, long step) {
    for (Scheduled scalar : byName.values()) {
      TFloat32 tensor = TFloat32.scalarOf((float) scalar.ofStep().applyAsDouble(step));
      fed.add(tensor);
      runner.feed(scalar.placeholder(), tensor);
    }
  }
}

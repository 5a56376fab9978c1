package org.score4j.engine.size;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.engine.graph.GraphScope;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** How much an optimizer remembers. */
public final class OptimizerSize {
  private OptimizerSize() {}

  /** Number of tensors that it keeps for each parameter, such as 2 of Adam. */
  public static int slots(Optimizer optimizer) {
    try (var graph = new Graph()) {
      var trial = new Trial(GraphScope.ops(graph), new HashSet<>());
      optimizer.update(trial);
      return trial.slots().size();
    }
  }

  private record Trial(Ops tf, Set<String> slots) implements OptimizerGraph {
    @Override
    public Operand<? extends TType> parameter() {
      return tf.varHandleOp(TFloat32.class, Shape.of(1));
    }

    @Override
    public Operand<TFloat32> gradient() {
      return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1)));
    }

    @Override
    public Operand<TFloat32> learningRate() {
      return scalar("learningRate", step -> 0);
    }

    @Override
    public Operand<? extends TType> slot(String name) {
      slots.add(name);
      return tf.varHandleOp(TFloat32.class, Shape.of(1));
    }

    @Override
    public Operand<TFloat32> scalar(String name, LongToDoubleFunction ofStep) {
      return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
  }
}

package org.score4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Prints how long a network takes for a batch of 8: the preset {@code cifar10-continuous} of {@link
 * DdpmUnet}, forward and with the gradients of all parameters, in float32 and bfloat16. All four
 * take turns, so that a busy machine is busy for each, and the least time of each counts.
 */
final class StepTimes {
  private static final int ROUNDS = 5;

  private StepTimes() {}

  public static void main(String[] arguments) {
    try (var float32 = TestGraph.fresh();
        var bfloat16 = TestGraph.fresh(Precision.BFLOAT16)) {
      var runs = new LinkedHashMap<String, Runnable>();
      add(runs, "float32", float32);
      add(runs, "bfloat16", bfloat16);
      var least = new LinkedHashMap<String, Long>();
      for (int round = 0; round <= ROUNDS; round++) {
        for (var run : runs.entrySet()) {
          long start = System.nanoTime();
          run.getValue().run();
          long taken = System.nanoTime() - start;
          if (round == 0) {
            System.out.printf("%s, first run: %.1f s%n", run.getKey(), taken / 1e9);
          } else {
            least.merge(run.getKey(), taken, Math::min);
          }
        }
      }
      least.forEach((name, time) -> System.out.printf("%s: %.0f ms%n", name, time / 1e6));
    }
  }

  private static void add(LinkedHashMap<String, Runnable> runs, String name, TestGraph graph) {
    var tf = graph.tf();
    var y =
        DdpmUnetPreset.CIFAR10_CONTINUOUS
            .get()
            .apply(graph.scope(), graph.normal(8, 32, 32, 3), graph.level(1, 1), Condition.none());
    Operand<TFloat32> loss = tf.nn.l2Loss(y);
    var parameters = new ArrayList<>(graph.parameters().values());
    var gradients = tf.gradients(loss, parameters);
    var norms = new ArrayList<Operand<TFloat32>>();
    for (int i = 0; i < parameters.size(); i++) {
      norms.add(tf.nn.l2Loss(gradients.<TFloat32>dy(i)));
    }
    Operand<TFloat32> all = tf.math.addN(List.copyOf(norms));
    graph.initialize();
    runs.put(name + " forward", () -> graph.values(loss));
    runs.put(name + " gradients", () -> graph.values(all));
  }
}

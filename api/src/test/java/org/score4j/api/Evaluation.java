package org.score4j.api;

import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Builds a graph, runs it once and returns its values. */
final class Evaluation {
  private Evaluation() {}

  static double[] of(Function<Ops, Operand<TFloat32>> program) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Operand<TFloat32> output = program.apply(Ops.create(graph));
      try (var result = session.runner().fetch(output).run()) {
        TFloat32 values = (TFloat32) result.get(0);
        double[] flat = new double[(int) values.size()];
        int[] next = {0};
        values.scalars().forEach(value -> flat[next[0]++] = value.getFloat());
        return flat;
      }
    }
  }
}

package org.score4j.engine.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class CustomGradientsTest {

  @Test
  void theRuleStandsInForWhatTensorFlowWouldDerive() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.constant(5f);
      Operand<TFloat32> y =
          CustomGradients.of(
              graph,
              tf,
              tf.math.square(x),
              List.of(x),
              (at, gradient) -> List.of(at.math.mul(gradient, at.constant(3f))));
      assertEquals(25, value(graph, y));
      assertEquals(3 * 7, value(graph, gradient(tf, tf.math.mul(y, tf.constant(7f)), x)));
      CustomGradients.forget(graph);
    }
  }

  @Test
  void identitiesOfOthersStayIdentities() {
    try (Graph graph = new Graph()) {
      SecondOrderGradients.install();
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.constant(5f);
      var both = tf.identityN(List.of(x, tf.math.square(x))).output();
      Operand<TFloat32> first = both.get(0).expect(TFloat32.class);
      Operand<TFloat32> second = both.get(1).expect(TFloat32.class);
      assertEquals(1 + 10, value(graph, gradient(tf, tf.math.add(first, second), x)));
      assertEquals(10, value(graph, gradient(tf, second, x)));
    }
  }

  private static Operand<TFloat32> gradient(Ops tf, Operand<TFloat32> y, Operand<TFloat32> x) {
    return tf.gradients(y, List.of(x)).dy(0);
  }

  private static float value(Graph graph, Operand<TFloat32> operand) {
    try (var session = new Session(graph);
        var result = session.runner().fetch(operand).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }
}

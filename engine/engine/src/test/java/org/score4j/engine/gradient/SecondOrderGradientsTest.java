package org.score4j.engine.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.engine.graph.GraphScope;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

class SecondOrderGradientsTest {
  private static final float[] POINTS = {0.3f, 0.9f, 1.7f};

  private interface Function extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

  static Stream<Arguments> functions() {
    return Stream.of(
        function("sigmoid", (tf, x) -> tf.math.sigmoid(x), x -> s(x) * s(-x) * (1 - 2 * s(x))),
        function("tanh", (tf, x) -> tf.math.tanh(x), x -> -2 * Math.tanh(x) / sq(Math.cosh(x))),
        function("rsqrt", (tf, x) -> tf.math.rsqrt(x), x -> 0.75 * Math.pow(x, -2.5)),
        function("sqrt", (tf, x) -> tf.math.sqrt(x), x -> -0.25 * Math.pow(x, -1.5)),
        function("reciprocal", (tf, x) -> tf.math.reciprocal(x), x -> 2 * Math.pow(x, -3)),
        function("softplus", (tf, x) -> tf.math.softplus(x), x -> s(x) * s(-x)),
        function("elu", (tf, x) -> tf.nn.elu(tf.math.neg(x)), x -> Math.exp(-x)),
        function("relu", (tf, x) -> tf.math.square(tf.nn.relu(x)), x -> 2),
        function(
            "leaky relu",
            (tf, x) -> tf.math.square(tf.nn.leakyRelu(tf.math.neg(x), LeakyRelu.alpha(0.2f))),
            x -> 0.08));
  }

  private static Arguments function(String name, Function f, DoubleUnaryOperator second) {
    return Arguments.of(name, f, second);
  }

  private static double s(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double sq(double x) {
    return x * x;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void secondDerivativeIsTheExactOne(String name, Function f, DoubleUnaryOperator second) {
    SecondOrderGradients.install();
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = GraphScope.ops(graph);
      var x = tf.constant(POINTS);
      Operand<TFloat32> slope = tf.gradients(f.apply(tf, x), List.of(x)).dy(0);
      Operand<TFloat32> curvature = tf.gradients(slope, List.of(x)).dy(0);
      try (var result = session.runner().fetch(curvature).run()) {
        var found = (TFloat32) result.get(0);
        for (int i = 0; i < POINTS.length; i++) {
          double expected = second.applyAsDouble(POINTS[i]);
          assertEquals(expected, found.getFloat(i), 1e-5 * Math.max(1, Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void whatHasNoSecondGradientIsNamed() {
    SecondOrderGradients.install();
    try (var graph = new Graph()) {
      var tf = GraphScope.ops(graph);
      var x = tf.reshape(tf.constant(new float[8]), tf.constant(new int[] {1, 2, 2, 2}));
      var ones = tf.constant(new float[] {1, 1});
      var zeros = tf.constant(new float[2]);
      var normal = tf.nn.fusedBatchNorm(x, ones, zeros, zeros, ones).y();
      Operand<TFloat32> slope = tf.gradients(normal, List.of(x)).dy(0);
      var refusal =
          assertThrows(
              TensorFlowException.class, () -> tf.gradients(tf.math.square(slope), List.of(x)));
      assertTrue(refusal.getMessage().contains("FusedBatchNormGrad"), refusal.getMessage());
    }
  }
}

package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Gradients of layers against central differences in the direction of the gradient. */
class LayerGradientTest {
  private static final double STEP = 1e-2;
  private static final double RELATIVE_TOLERANCE = 1e-2;
  private static final Initializer ANY = Initializer.fanAverageUniform(1);

  @Test
  void denseLayerDifferentiates() {
    verify(Shape.of(3, 5), (s, x) -> new Dense(4, ANY, Precision.FLOAT32).apply(s, x));
  }

  @Test
  void convolutionDifferentiates() {
    verify(
        Shape.of(2, 6, 4, 3),
        (s, x) -> new Convolution(3, 1, 4, ANY, Precision.FLOAT32).apply(s, x));
  }

  @Test
  void stridedConvolutionDifferentiates() {
    verify(
        Shape.of(2, 6, 4, 3),
        (s, x) -> new Convolution(3, 2, 4, ANY, Precision.FLOAT32).apply(s, x));
  }

  @Test
  void groupNormDifferentiates() {
    verify(Shape.of(2, 3, 4, 8), (s, x) -> new GroupNorm().apply(s, x));
  }

  @Test
  void attentionDifferentiates() {
    verify(Shape.of(2, 3, 2, 8), (s, x) -> new Attention(1).apply(s, x));
  }

  @Test
  void attentionWithTwoHeadsDifferentiates() {
    verify(Shape.of(2, 3, 2, 8), (s, x) -> new Attention(2).apply(s, x));
  }

  @Test
  void residualBlockDifferentiates() {
    verify(
        Shape.of(2, 4, 4, 4),
        (s, x) -> {
          var tf = s.tf();
          var embedding =
              tf.reshape(tf.constant(TestGraph.normals(6, 9)), tf.constant(new int[] {2, 3}));
          return new ResidualBlock(8, 0).apply(s, x, embedding);
        });
  }

  @Test
  void activationsDifferentiate() {
    for (var activation : Activation.values()) {
      verify(Shape.of(4, 5), (s, x) -> activation.apply(s.tf(), x));
    }
  }

  @Test
  void mlpDifferentiates() {
    try (var graph = TestGraph.scrambled()) {
      var level = graph.level(new float[] {1, 0.5f}, new float[] {0.1f, 3});
      var condition = Condition.labels(graph.tf().constant(new int[] {1, -1}), 2);
      var mlp = new Mlp(6, 2, Activation.SWISH, 8, 1, 2, Prediction.NOISE, false);
      verify(graph, Shape.of(2, 3), (s, x) -> mlp.apply(s, x, level, condition));
    }
  }

  static void verify(
      Shape shape, BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    try (var graph = TestGraph.scrambled()) {
      verify(graph, shape, layer);
    }
  }

  /** Holds the gradients with respect to the input and to every parameter. */
  private static void verify(
      TestGraph graph,
      Shape shape,
      BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    var tf = graph.tf();
    var x = graph.normal(shape.asArray());
    var y = layer.apply(graph.scope(), x);
    var weights = tf.constant(TestGraph.normals((int) y.shape().size(), 17));
    var flat = tf.reshape(y, tf.constant(new int[] {-1}));
    Operand<TFloat32> total = tf.reduceSum(tf.math.mul(flat, weights), tf.constant(0));
    var sources = new ArrayList<Operand<TFloat32>>(graph.parameters().values());
    sources.add(x);
    var gradients = tf.gradients(total, sources);
    graph.initialize();
    for (int i = 0; i < sources.size(); i++) {
      var source = sources.get(i);
      float[] gradient = graph.values(gradients.dy(i));
      float[] at = graph.values(source);
      double norm = 0;
      for (float g : gradient) {
        norm += (double) g * g;
      }
      norm = Math.sqrt(norm);
      assertFalse(norm < 1e-3, "no gradient at " + source);
      double difference =
          along(graph, total, source, at, gradient, STEP / norm)
              - along(graph, total, source, at, gradient, -STEP / norm);
      assertEquals(
          norm, difference / (2 * STEP), RELATIVE_TOLERANCE * Math.max(norm, 1), source.toString());
    }
  }

  private static double along(
      TestGraph graph,
      Operand<TFloat32> total,
      Operand<TFloat32> source,
      float[] at,
      float[] direction,
      double step) {
    float[] moved = new float[at.length];
    for (int i = 0; i < at.length; i++) {
      moved[i] = (float) (at[i] + step * direction[i]);
    }
    try (var tensor = TestGraph.tensor(source.shape(), moved);
        var result = graph.runner().feed(source, tensor).fetch(total).run()) {
      return TestGraph.flat((TFloat32) result.get(0))[0];
    }
  }
}

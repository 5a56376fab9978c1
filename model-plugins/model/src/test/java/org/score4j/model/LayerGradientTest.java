package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of layers, and gradients of gradients, against central differences in the direction of
 * the gradient.
 */
class LayerGradientTest {
  private static final double STEP = 1e-2;
  private static final double RELATIVE_TOLERANCE = 1e-2;
  private static final double SECOND_STEP = 3e-3;
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
      verify(Shape.of(4, 5), (s, x) -> activation.apply(s, x));
    }
  }

  @Test
  void gradientsWrittenByHandAreThoseThatTensorFlowDerives() {
    Shape shape = Shape.of(3, 4, 5, 8);
    verifyRule(shape, (s, x) -> new GroupNorm().apply(s, x));
    verifyRule(shape, Activation.SWISH::apply);
    verifyRule(shape, (s, x) -> new Attention(2).apply(s, x));
  }

  /** Layers differentiate by their own rules in training alone. */
  private static void verifyRule(
      Shape shape, BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    try (var graph = TestGraph.scrambled()) {
      var x = graph.normal(shape.asArray());
      var ours = graph.weighted(layer.apply(graph.scope(), x), 17);
      var derived = graph.weighted(layer.apply(graph.samplingScope(), x), 17);
      var sources = sources(graph, x);
      var byRule = gradients(graph, ours, sources);
      var byTensorFlow = gradients(graph, derived, sources);
      graph.initialize();
      for (int i = 0; i < sources.size(); i++) {
        float[] expected = graph.values(byTensorFlow.get(i));
        float[] found = graph.values(byRule.get(i));
        double largest =
            IntStream.range(0, expected.length)
                .mapToDouble(j -> Math.abs(expected[j]))
                .max()
                .orElseThrow();
        for (int j = 0; j < expected.length; j++) {
          assertEquals(expected[j], found[j], 2e-6 * largest, sources.get(i) + ", number " + j);
        }
      }
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

  /** Holds the gradients, of first and second order, in the input and in every parameter. */
  static void verify(
      Shape shape, BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    try (var graph = TestGraph.scrambled()) {
      verify(graph, shape, layer);
    }
  }

  private static void verify(
      TestGraph graph,
      Shape shape,
      BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    var x = graph.normal(shape.asArray());
    var y = layer.apply(graph.scope(), x);
    var sources = sources(graph, x);
    // The gradient of half a square depends on every parameter, be the layer linear in it.
    var half = graph.weighted(graph.tf().math.square(y), 18);
    var first = gradients(graph, half, sources);
    var slopes = new ArrayList<Operand<TFloat32>>();
    for (int i = 0; i < sources.size(); i++) {
      slopes.add(graph.weighted(first.get(i), 19 + i));
    }
    var total = graph.weighted(y, 17);
    var slope = graph.tf().math.addN(slopes);
    compare(graph, sources, List.of(total, slope), List.of(STEP, SECOND_STEP));
  }

  /** The same for the first order alone. */
  static void verifyFirst(
      TestGraph graph,
      Shape shape,
      BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    var x = graph.normal(shape.asArray());
    var total = graph.weighted(layer.apply(graph.scope(), x), 17);
    compare(graph, sources(graph, x), List.of(total), List.of(STEP));
  }

  private static List<Operand<TFloat32>> sources(TestGraph graph, Operand<TFloat32> x) {
    var sources = new ArrayList<Operand<TFloat32>>(graph.parameters().values());
    sources.add(x);
    return sources;
  }

  private static List<Operand<TFloat32>> gradients(
      TestGraph graph, Operand<TFloat32> total, List<Operand<TFloat32>> sources) {
    var gradients = graph.tf().gradients(total, sources);
    return IntStream.range(0, sources.size()).<Operand<TFloat32>>mapToObj(gradients::dy).toList();
  }

  private static void compare(
      TestGraph graph,
      List<Operand<TFloat32>> sources,
      List<Operand<TFloat32>> functions,
      List<Double> steps) {
    var fetched = new ArrayList<>(sources);
    functions.forEach(f -> fetched.addAll(gradients(graph, f, sources)));
    graph.initialize();
    var found = run(graph, List.of(), List.of(), fetched);
    var at = found.subList(0, sources.size());
    for (int f = 0; f < functions.size(); f++) {
      for (int i = 0; i < sources.size(); i++) {
        float[] gradient = found.get((f + 1) * sources.size() + i);
        double norm = 0;
        for (float g : gradient) {
          norm += (double) g * g;
        }
        norm = Math.sqrt(norm);
        assertFalse(norm < 1e-3, "no gradient at " + sources.get(i));
        double[] ends = new double[2];
        for (int side = 0; side < 2; side++) {
          double step = (side == 0 ? steps.get(f) : -steps.get(f)) / norm;
          var moved = new ArrayList<>(at);
          moved.set(i, moved(at.get(i), gradient, step));
          ends[side] = run(graph, sources, moved, functions).get(f)[0];
        }
        assertEquals(
            norm,
            (ends[0] - ends[1]) / (2 * steps.get(f)),
            RELATIVE_TOLERANCE * Math.max(norm, 1),
            "order " + (f + 1) + " at " + sources.get(i));
      }
    }
  }

  private static float[] moved(float[] at, float[] direction, double step) {
    float[] moved = new float[at.length];
    for (int i = 0; i < at.length; i++) {
      moved[i] = (float) (at[i] + step * direction[i]);
    }
    return moved;
  }

  /** All sources are fed in every run, for TensorFlow prepares the graph anew for each choice. */
  private static List<float[]> run(
      TestGraph graph,
      List<Operand<TFloat32>> sources,
      List<float[]> values,
      List<Operand<TFloat32>> fetched) {
    var runner = graph.runner();
    var fed = new ArrayList<TFloat32>();
    for (int i = 0; i < sources.size(); i++) {
      fed.add(TestGraph.tensor(sources.get(i).shape(), values.get(i)));
      runner.feed(sources.get(i), fed.get(i));
    }
    fetched.forEach(runner::fetch);
    try (var result = runner.run()) {
      return IntStream.range(0, fetched.size())
          .mapToObj(i -> TestGraph.flat((TFloat32) result.get(i)))
          .toList();
    } finally {
      fed.forEach(TFloat32::close);
    }
  }
}

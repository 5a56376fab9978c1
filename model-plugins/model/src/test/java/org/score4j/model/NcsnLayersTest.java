package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers of the NCSN networks against the reference implementation, and their gradients. */
class NcsnLayersTest {
  private static final Normalization NONE = Normalization.none();
  private static final Normalization PLUS = new InstanceNormPlus();

  private final NcsnFixture fixture = NcsnFixture.open("ncsn-layers");

  @Test
  void instanceNormPlusIsTheReferences() {
    verify("instnorm_pp", 6.74e-7, plain().normalization("", ""), PLUS::apply);
  }

  @Test
  void varianceNormIsTheReferences() {
    verify(
        "variance_norm",
        4.8e-7,
        new NcsnReference(false, List.of("alpha")).normalization("", ""),
        new VarianceNorm()::apply);
  }

  /** InstanceNorm++ is that but for its last term. */
  @Test
  void instanceNormHasUnitVariance() {
    try (var graph = TestGraph.fresh()) {
      var tf = graph.tf();
      var x = graph.normal(2, 5, 3, 4);
      var ones = tf.constant(new float[] {1, 1, 1, 1});
      var zeros = tf.constant(new float[4]);
      var plus = InstanceNormPlus.apply(tf, x, ones, zeros, zeros);
      var plain = new InstanceNorm(1e-5).apply(graph.scope(), x);
      graph.initialize();
      assertArrayEquals(graph.values(plus), graph.values(plain), 1e-5f);
    }
  }

  @Test
  void conditionalInstanceNormPlusIsTheReferences() {
    verify(
        "cond_instnorm_pp",
        9.98e-7,
        List.of("in0"),
        conditional().normalization("", ""),
        graph -> {
          var norm = conditional(graph.tf(), 5, 4, 0, 2);
          return xs -> norm.apply(graph.scope(), xs.get(0));
        });
  }

  @Test
  void chainedMaxPoolingIsTheReferences() {
    verify(
        "crp",
        1.40e-6,
        plain().links("", "", false),
        new ChainedResidualPooling(Pooling.MAX, NONE, Activation.ELU)::apply);
  }

  @Test
  void conditionalChainedAveragePoolingIsTheReferences() {
    verify(
        "cond_crp",
        1.29e-6,
        List.of("in0"),
        conditional().links("", "", false),
        graph -> {
          var norm = conditional(graph.tf(), 5, 4, 1);
          var pool = new ChainedResidualPooling(Pooling.AVERAGE, norm, Activation.ELU);
          return xs -> pool.apply(graph.scope(), xs.get(0));
        });
  }

  @Test
  void residualConvolutionUnitsAreTheReferences() {
    verify(
        "rcu",
        7.24e-7,
        plain().units("", "", 2),
        new ResidualConvolutionUnits(2, NONE, Activation.ELU)::apply);
  }

  @Test
  void multiResolutionFusionIsTheReferences() {
    verify(
        "msf",
        7.52e-7,
        List.of("in0", "in1"),
        plain().links("", "", true),
        graph -> xs -> new MultiResolutionFusion(6, NONE).apply(graph.scope(), xs));
  }

  @Test
  void refineBlockIsTheReferences() {
    var block = new RefineBlock(6, 3, Pooling.MAX, NONE, Activation.ELU);
    verify(
        "refine",
        6.29e-6,
        List.of("in0", "in1"),
        plain().refine("", "", 2, 3),
        graph -> xs -> block.apply(graph.scope(), xs));
  }

  @Test
  void halvingResidualBlockIsTheReferences() {
    verify(
        "res_down",
        7.51e-7,
        plain().block("", "", true, false),
        new NcsnResidualBlock(16, true, 1, PLUS, Activation.ELU)::apply);
  }

  @Test
  void dilatedResidualBlockIsTheReferences() {
    verify(
        "res_down_dil4",
        4.27e-7,
        plain().block("", "", true, true),
        new NcsnResidualBlock(8, true, 4, PLUS, Activation.ELU)::apply);
  }

  @Test
  void meanPoolAfterConvolutionIsTheReferences() {
    var pool = new ConvolutionMeanPool(new NcsnConvolution(3, 1, 4, true, Precision.FLOAT32));
    verify("conv_mean_pool", 1.91e-7, plain().convolution("", "conv.", true), pool::apply);
  }

  @Test
  void meanPoolOfAnOddImageIsTheReferences() {
    var pool = new ConvolutionMeanPool(new NcsnConvolution(3, 1, 4, true, Precision.FLOAT32));
    verify("conv_mean_pool_adjust", 1.79e-7, plain().convolution("", "conv.1.", true), pool::apply);
  }

  @Test
  void instanceNormPlusDifferentiates() {
    LayerGradientTest.verify(Shape.of(2, 3, 4, 5), PLUS::apply);
  }

  @Test
  void conditionalInstanceNormPlusDifferentiates() {
    LayerGradientTest.verify(
        Shape.of(3, 3, 4, 5), (s, x) -> conditional(s.tf(), 3, 2, 0, 2).apply(s, x));
  }

  @Test
  void dilatedConvolutionDifferentiates() {
    LayerGradientTest.verify(
        Shape.of(2, 7, 6, 3), new NcsnConvolution(3, 2, 4, true, Precision.FLOAT32)::apply);
  }

  @Test
  void poolingDifferentiates() {
    // Few enough numbers that no step changes which of them is the largest.
    for (var pooling : Pooling.values()) {
      LayerGradientTest.verify(Shape.of(1, 5, 4, 1), (s, x) -> pooling.apply(s.tf(), x));
    }
  }

  @Test
  void meanPoolOfAnOddImageDifferentiates() {
    LayerGradientTest.verify(
        Shape.of(2, 7, 6, 3),
        new ConvolutionMeanPool(new NcsnConvolution(3, 1, 4, true, Precision.FLOAT32))::apply);
  }

  @Test
  void multiResolutionFusionDifferentiates() {
    LayerGradientTest.verify(
        Shape.of(2, 3, 4, 3),
        (s, x) -> {
          var finer =
              s.tf()
                  .reshape(
                      s.tf().constant(TestGraph.normals(2 * 6 * 7 * 2, 9)),
                      s.tf().constant(new int[] {2, 6, 7, 2}));
          return new MultiResolutionFusion(4, PLUS).apply(s, List.of(finer, x));
        });
  }

  @Test
  void refineBlockDifferentiates() {
    try (var graph = TestGraph.scrambled()) {
      LayerGradientTest.verifyFirst(
          graph,
          Shape.of(1, 6, 6, 3),
          (s, x) ->
              new RefineBlock(3, 1, Pooling.AVERAGE, PLUS, Activation.ELU).apply(s, List.of(x)));
    }
  }

  private static NcsnReference plain() {
    return new NcsnReference(false);
  }

  private static NcsnReference conditional() {
    return new NcsnReference(true);
  }

  /** A normalisation for examples of the given levels. */
  private static Normalization conditional(Ops tf, int levels, int... numbers) {
    float[][] chosen = new float[numbers.length][levels];
    for (int i = 0; i < numbers.length; i++) {
      chosen[i][numbers[i]] = 1;
    }
    return new ConditionalInstanceNormPlus(tf.constant(chosen));
  }

  private void verify(
      String name,
      double floor,
      NcsnReference weights,
      BiFunction<ModelScope, Operand<TFloat32>, Operand<TFloat32>> layer) {
    verify(
        name, floor, List.of("in"), weights, graph -> xs -> layer.apply(graph.scope(), xs.get(0)));
  }

  private void verify(
      String name,
      double floor,
      List<String> inputs,
      NcsnReference weights,
      Function<TestGraph, Function<List<Operand<TFloat32>>, Operand<TFloat32>>> layer) {
    try (var graph = TestGraph.fresh()) {
      var xs = inputs.stream().map(in -> fixture.images(graph, name + "/" + in)).toList();
      var y = layer.apply(graph).apply(xs);
      fixture.verify(graph, y, weights.weights(), name + "/param/", name + "/out_f64", floor);
    }
  }
}

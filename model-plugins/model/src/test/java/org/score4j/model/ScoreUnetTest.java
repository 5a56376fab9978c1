package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ScoreUnetTest {
  private static final Initializer ANY = Initializer.fanAverageUniform(1);
  private static final ResidualSum SUM = ResidualSum.PLAIN;
  private static final List<Double> FIR = List.of(1.0, 3.0, 3.0, 1.0);

  /**
   * Counted from the modules of score_sde's networks, without Fourier frequencies. DDPM's are 35.7
   * M and 114 M in the paper, whose network has attention after each block of the way up, where
   * score_sde has it once; NCSN++ of 256 px is the 65 M that its users report.
   */
  @ParameterizedTest
  @CsvSource({
    "CIFAR10,32,35218947",
    "CIFAR10_CONTINUOUS,32,35218947",
    "CIFAR10_VE,32,35218947",
    "LSUN_256,256,111569923",
    "CELEBAHQ_256,256,111569923"
  })
  void ddpmUnetHasThePublishedNumberOfParameters(DdpmUnetPreset preset, int height, long count) {
    assertEquals(count, parameters(preset.get(), height));
  }

  @ParameterizedTest
  @CsvSource({
    "CIFAR10,61804419",
    "CIFAR10_CONTINUOUS,61804419",
    "CIFAR10_DEEP_CONTINUOUS,106632579"
  })
  void ddpmPlusPlusHasThePublishedNumberOfParameters(DdpmPlusPlusPreset preset, long count) {
    assertEquals(count, parameters(preset.get(), 32));
  }

  @ParameterizedTest
  @CsvSource({
    "CIFAR10,32,62693251",
    "CIFAR10_CONTINUOUS,32,62758787",
    "CIFAR10_DEEP_CONTINUOUS,32,107586947",
    "CIFAR10_VP,32,62693251",
    "CIFAR10_VP_CONTINUOUS,32,62693251",
    "CIFAR10_VP_DEEP_CONTINUOUS,32,107521411",
    "CELEBA,64,62693251",
    "LSUN_256,256,65574421",
    "CELEBAHQ_256,256,65574421",
    "FFHQ_256,256,65574421",
    "CELEBAHQ_1024,1024,105785880",
    "FFHQ_1024,1024,105785880"
  })
  void ncsnPlusPlusHasThePublishedNumberOfParameters(
      NcsnPlusPlusPreset preset, int height, long count) {
    assertEquals(count, parameters(preset.get(), height));
  }

  private static long parameters(ScoreModel model, int height) {
    try (var graph = TestGraph.fresh()) {
      model.apply(
          graph.scope(),
          graph.tf().placeholder(TFloat32.class, placed(height)),
          graph.level(1, 1),
          Condition.none());
      return graph.parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
    }
  }

  private static Placeholder.Options placed(int height) {
    return Placeholder.shape(Shape.of(-1, height, height, 3));
  }

  @Test
  void defaultsAreThePresetForContinuousCifar10() {
    assertEquals(NcsnPlusPlusPreset.CIFAR10_CONTINUOUS.get(), new NcsnPlusPlus());
  }

  @Test
  void defaultsForNoiseServeAnyProcess() {
    assertEquals(NoiseLabel.LOG_SNR, new DdpmUnet().label());
    assertEquals(NoiseLabel.LOG_SNR, new DdpmPlusPlus().label());
  }

  @Test
  void labelsOfTheSignalToNoiseRatioCoverTheLevelsOfEdm() {
    try (var graph = TestGraph.fresh()) {
      float[] alpha = {1, 1, 0.01f, 0.01f, 1};
      float[] sigma = {0.002f, 80, 0.8f, 0.004f, 0};
      var exact =
          NoiseLabel.LOG_SNR.of(graph.tf(), graph.level(alpha, sigma), new NoiseLadder(1, 2, 2));
      float[] labels = graph.values(graph.tf().dtypes.cast(exact, TFloat32.class));
      assertEquals(0, labels[0], 1e-4);
      assertEquals(999, labels[1], 1e-3);
      assertEquals(999, labels[2], 1e-3);

      assertEquals(999 * Math.log(200) / Math.log(40000), labels[3], 1e-3);
      assertTrue(Float.isFinite(labels[4]));
    }
  }

  @Test
  void filtersDifferentiate() {
    var fir = new FirResampling(List.of(1.0, 2.0, 3.0, 4.0));
    var convolution = new ResamplingConvolution(fir, 3);
    var shape = Shape.of(2, 4, 6, 2);
    LayerGradientTest.verify(shape, (s, x) -> fir.up(s.tf(), x));
    LayerGradientTest.verify(shape, (s, x) -> fir.down(s.tf(), x));
    LayerGradientTest.verify(shape, convolution::up);
    LayerGradientTest.verify(shape, convolution::down);
  }

  @Test
  void nearestResamplingDifferentiates() {
    var convolution = new ResamplingConvolution(new NearestResampling(), 3);
    var nearest = new NearestResampling();
    LayerGradientTest.verify(Shape.of(2, 4, 6, 2), convolution::up);
    LayerGradientTest.verify(Shape.of(2, 4, 6, 2), convolution::down);
    LayerGradientTest.verify(Shape.of(2, 4, 6, 2), (s, x) -> nearest.down(s.tf(), x));
  }

  @Test
  void bigGanBlocksDifferentiate() {
    var block = new BigGanBlock(8, new Dropout(0), ResidualSum.RESCALED, Activation.SWISH);
    var fir = new FirResampling(FIR);
    var shape = Shape.of(2, 4, 4, 4);
    LayerGradientTest.verify(shape, (s, x) -> block.apply(s, x, LevelShift.by(embedding(s))));
    LayerGradientTest.verify(shape, (s, x) -> block.up(s, x, LevelShift.by(embedding(s)), fir));
    LayerGradientTest.verify(shape, (s, x) -> block.down(s, x, LevelShift.by(embedding(s)), fir));
  }

  private static Operand<TFloat32> embedding(ModelScope scope) {
    var tf = scope.tf();
    return tf.reshape(tf.constant(TestGraph.normals(6, 9)), tf.constant(new int[] {2, 3}));
  }

  @ParameterizedTest
  @EnumSource(ProgressiveCombine.class)
  void combinationsDifferentiate(ProgressiveCombine combine) {
    LayerGradientTest.verify(
        Shape.of(2, 4, 4, 4),
        (s, x) -> {
          var tf = s.tf();
          var input =
              tf.reshape(
                  tf.constant(TestGraph.normals(96, 9)), tf.constant(new int[] {2, 4, 4, 3}));
          return combine.apply(s, input, x);
        });
  }

  @Test
  void labelsOfLevelsAreTheNearest() {
    try (var graph = TestGraph.fresh()) {
      var ladder = new NoiseLadder(0.01, 50, 1000);
      var level = graph.level(new float[] {1, 1, 1}, new float[] {50, 0.5f, 0.01f});
      // ln(100) / ln(5000) * 999 = 540.16
      var exact = NoiseLabel.LEVEL.of(graph.tf(), level, ladder);
      float[] labels = graph.values(graph.tf().dtypes.cast(exact, TFloat32.class));
      assertEquals(List.of(0f, 540f, 999f), List.of(labels[0], labels[1], labels[2]));
      float[] sigma = graph.values(NoiseLabel.LEVEL.sigma(graph.tf(), level, ladder));
      assertEquals(50, sigma[0], 1e-5);
      assertEquals(50 * Math.pow(5000, -540 / 999.0), sigma[1], 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void blocksHaveTheActivationOfTheirNetwork(Activation activation) {
    try (var graph = TestGraph.scrambled()) {
      var x = graph.normal(2, 4, 4, 8);
      var tf = graph.tf();
      var block = new ResidualBlock(8, new Dropout(0), new GroupNorm(), ANY, SUM, activation);
      var bigGan = new BigGanBlock(8, new Dropout(0), SUM, activation);
      var scope = graph.scope().child("block");
      var plain = block.apply(scope, x, embedding(graph.scope()));
      var same = bigGan.apply(scope, x, LevelShift.by(embedding(graph.scope())));
      var norm0 = new GroupNorm().apply(scope.child("norm0"), x);
      var hidden =
          new Convolution(3, 1, 8, ANY, Precision.FLOAT32)
              .apply(scope.child("conv0"), activation.apply(scope, norm0));
      var shift = new Dense(8, ANY, Precision.FLOAT32);
      var told = shift.apply(scope.child("embedding"), embedding(graph.scope()));
      var sum = tf.math.add(hidden, tf.reshape(told, tf.constant(new int[] {2, 1, 1, 8})));
      var norm1 = new GroupNorm().apply(scope.child("norm1"), sum);
      var residual =
          new Convolution(3, 1, 8, ANY, Precision.FLOAT32)
              .apply(scope.child("conv1"), activation.apply(scope, norm1));
      var expected = tf.math.add(x, residual);
      graph.initialize();
      assertArrayEquals(graph.values(expected), graph.values(plain), 1e-5f);
      assertArrayEquals(graph.values(expected), graph.values(same), 1e-5f);
    }
  }

  @Test
  void faultsAreReportedTogether() {
    var fault =
        assertThrows(
            InvalidValueException.class,
            () ->
                new NcsnPlusPlus(
                    2,
                    List.of(),
                    0,
                    List.of(),
                    1,
                    Activation.SWISH,
                    BlockType.DDPM,
                    true,
                    List.of(1.0),
                    true,
                    ProgressiveOutput.NONE,
                    ProgressiveInput.NONE,
                    ProgressiveCombine.SUM,
                    LabelEncoding.FOURIER,
                    0,
                    NoiseLabel.LEVEL,
                    1,
                    1,
                    1,
                    true,
                    true,
                    -1,
                    Prediction.SCORE));
    assertEquals(
        List.of(
            "channels",
            "multipliers",
            "blocks",
            "dropout",
            "fir",
            "fourierScale",
            "label",
            "sigmaMax",
            "levels",
            "classes"),
        fault.faults().stream().map(InvalidValueException.Fault::component).toList());
  }

  @Test
  void imagesMustSuitTheNetwork() {
    var fault = assertThrows(InvalidValueException.class, () -> parameters(new DdpmPlusPlus(), 28));
    assertEquals("multipliers", fault.faults().get(0).component());
    assertTrue(fault.getMessage().contains("multiples of 8"), fault.getMessage());
  }

  @Test
  void anUnconditionalNetworkHasNoEmbedding() {
    var told = network(true);
    var untold = network(false);
    try (var graph = TestGraph.scrambled()) {
      var x = graph.normal(2, 8, 8, 3);
      var near = untold.apply(graph.scope(), x, graph.level(1, 0.1), Condition.none());
      var far = untold.apply(graph.scope(), x, graph.level(1, 20), Condition.none());
      graph.initialize();
      assertArrayEquals(graph.values(near), graph.values(far));
      Set<String> all = new TreeSet<>(untold.unusedReferences(8));
      assertTrue(all.containsAll(List.of("all_modules.0.W", "all_modules.2.Dense_0.weight")));
      // The layers keep the numbers that they have without an embedding.
      Set<String> used = new TreeSet<>();
      for (var weight : untold.referenceWeights(8)) {
        assertTrue(graph.parameters().containsKey(weight.path()), weight::path);
        used.addAll(weight.references());
      }
      assertEquals(graph.parameters().size(), untold.referenceWeights(8).size());
      assertTrue(used.contains("all_modules.1.weight"), used::toString);
      all.retainAll(used);
      assertEquals(Set.of(), all);
    }
    assertEquals(Set.of(), told.unusedReferences(8));
    assertEquals(List.of(), untold.diffusersWeights(8));
  }

  private static NcsnPlusPlus network(boolean conditional) {
    return new NcsnPlusPlus(
        8,
        List.of(1, 2),
        1,
        List.of(4),
        0,
        Activation.SWISH,
        BlockType.BIGGAN,
        true,
        List.of(),
        true,
        ProgressiveOutput.NONE,
        ProgressiveInput.NONE,
        ProgressiveCombine.SUM,
        LabelEncoding.FOURIER,
        16,
        NoiseLabel.SIGMA,
        0.01,
        50,
        1000,
        false,
        true,
        0,
        Prediction.SCORE,
        conditional);
  }
}

package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class EdmPreconditionedTest {
  private static final double SD = 0.5;

  /** F(x) = c_noise + 3 x, whatever the level it is given. */
  private record Affine() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var noise =
          tf.math.mul(tf.math.log(tf.math.div(level.sigma(), level.alpha())), tf.constant(0.25f));
      return tf.math.add(LevelTensors.align(tf, noise, x), tf.math.mul(x, tf.constant(3f)));
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  @Test
  void agreesWithTableOneOfThePaper() {
    for (double alpha : new double[] {1, 0.3, 0.01}) {
      for (double s : new double[] {0.002, 0.5, 80}) {
        float[] x = {-0.7f, 0.1f, 1.3f};
        float[] found = denoised(new Affine(), x, alpha, alpha * s);
        for (int i = 0; i < x.length; i++) {
          double scaled = x[i] / alpha;
          double total = s * s + SD * SD;
          double network = Math.log(s) / 4 + 3 * scaled / Math.sqrt(total);
          double expected = SD * SD / total * scaled + s * SD / Math.sqrt(total) * network;
          assertEquals(expected, found[i], 1e-5 * Math.max(1, Math.abs(expected)));
        }
      }
    }
  }

  /** The factors one at a time, against a float64 table of sd = 0.5 and alpha = 1. */
  @ParameterizedTest
  @CsvSource({
    "0.002, 0.9999840002559959, 0.0019999840001919972, 1.9999840001919975",
    "0.01, 0.9996001599360256, 0.00999800059980007, 1.9996001199600142",
    "0.05, 0.9900990099009901, 0.049751859510499465, 1.9900743804199785",
    "0.2, 0.8620689655172413, 0.18569533817705183, 1.8569533817705184",
    "0.5, 0.5, 0.35355339059327373, 1.414213562373095",
    "1.0, 0.2, 0.4472135954999579, 0.8944271909999159",
    "3.0, 0.02702702702702703, 0.4931969619160719, 0.3287979746107146",
    "10.0, 0.0024937655860349127, 0.49937616943892227, 0.09987523388778446",
    "40.0, 0.0001562255897516013, 0.4999609420770408, 0.02499804710385204",
    "80.0, 3.906097418069607e-05, 0.49999023466109294, 0.012499755866527323"
  })
  void factorsAgreeWithThePublishedTable(double sigma, double skip, double out, double in) {
    assertClose(skip, denoised(new Constant(0), new float[] {1, 1, 1}, 1, sigma)[0]);
    assertClose(out, denoised(new Constant(1), new float[3], 1, sigma)[0]);
    try (var graph = TestGraph.fresh()) {
      var one = graph.constant(Shape.of(1, 1), 1);
      var scaled = InputScale.of(graph.tf(), one, graph.level(1, sigma), SD);
      assertClose(in, graph.values(scaled.x())[0]);
    }
    double ofState = skip + out * in;
    assertClose(ofState, denoised(new Identity(), new float[] {1, 1, 1}, 1, sigma)[0]);
  }

  private static void assertClose(double expected, double found) {
    assertEquals(1, found / expected, 1e-6);
  }

  /** F(x) = value. */
  private record Constant(float value) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      return tf.math.add(tf.zerosLike(x), tf.constant(value));
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  /** F(x) = x. */
  private record Identity() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      return x;
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  @Test
  void withoutNoiseTheDataAreLeftAlone() {
    float[] x = {-1, 0.25f, 0.5f};
    assertArrayEquals(new float[] {-2, 0.5f, 1}, denoised(new Affine(), x, 0.5, 1e-9), 1e-6f);
  }

  @Test
  void underMuchNoiseAnUntrainedNetworkGivesTheMeanOfTheData() {
    var network = new Mlp(8, 2, Activation.SWISH, 4, SD, 0, Prediction.NOISE, false);
    float[] x = {-5000, 1000, 3000};
    assertArrayEquals(new float[3], denoised(network, x, 1, 5000), (float) SD * 1e-3f);
  }

  @Test
  void aNetworkThatScalesItsInputFindsItScaled() {
    try (var graph = TestGraph.fresh()) {
      var x = graph.normal(2, 3);
      var once = InputScale.of(graph.tf(), x, graph.level(0.7, 20), SD);
      var twice = InputScale.of(graph.tf(), once.x(), once.level(), SD);
      assertArrayEquals(graph.values(once.x()), graph.values(twice.x()), 1e-6f);
      assertArrayEquals(
          graph.values(once.level().sigma()), graph.values(twice.level().sigma()), 1e-6f);
    }
  }

  private static float[] denoised(ScoreModel network, float[] x, double alpha, double sigma) {
    try (var graph = TestGraph.fresh()) {
      var denoised =
          new EdmPreconditioned(network, SD)
              .apply(
                  graph.scope(),
                  graph.constant(Shape.of(1, 3), x),
                  graph.level(alpha, sigma),
                  Condition.none());
      graph.initialize();
      return graph.values(denoised);
    }
  }
}

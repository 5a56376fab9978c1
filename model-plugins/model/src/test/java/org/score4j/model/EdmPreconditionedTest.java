package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
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

  @Test
  void withoutNoiseTheDataAreLeftAlone() {
    float[] x = {-1, 0.25f, 0.5f};
    assertArrayEquals(new float[] {-2, 0.5f, 1}, denoised(new Affine(), x, 0.5, 1e-9), 1e-6f);
  }

  @Test
  void underMuchNoiseAnUntrainedNetworkGivesTheMeanOfTheData() {
    var network = new Mlp(8, 2, Activation.SWISH, 4, SD, 0, Prediction.NOISE);
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

package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.score4j.api.LevelTensors;
import org.score4j.api.LossGraph;
import org.score4j.api.Network;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Data N(0, SD^2 I) have the noised score -x / v with v = alpha^2 SD^2 + sigma^2, and the loss of a
 * score -k x is, per dimension, (k sigma)^2 v - 2 k sigma^2 + 1: at its least 1 - sigma^2 / v, at k
 * = 1 / v.
 */
class DenoisingScoreMatchingTest {
  private static final double SD = 2;
  private static final int BATCH = 4096;
  private static final int SIDE = 4;

  @Test
  void theTrueScoreHasTheLossOfTheClosedForm() {
    for (double[] level : new double[][] {{1, 0.1}, {1, 2}, {0.6, 0.8}, {0.01, 1}}) {
      double variance = variance(level[0], level[1]);
      double expected = closedForm(1 / variance, level[0], level[1]);
      assertEquals(1 - level[1] * level[1] / variance, expected, 1e-12);
      double found = loss(new DenoisingScoreMatching(), 1 / variance, level[0], level[1]);
      assertEquals(expected, found, statisticalTolerance(expected));
    }
  }

  @Test
  void anotherScoreHasTheLossOfTheClosedForm() {
    double expected = closedForm(0.7, 0.6, 0.8);
    double found = loss(new DenoisingScoreMatching(), 0.7, 0.6, 0.8);
    assertEquals(expected, found, statisticalTolerance(expected));
  }

  @Test
  void theTrueScoreMinimisesTheLoss() {
    double truth = 1 / variance(0.6, 0.8);
    double least = loss(new DenoisingScoreMatching(), truth, 0.6, 0.8);
    assertTrue(loss(new DenoisingScoreMatching(), 0.9 * truth, 0.6, 0.8) > least);
    assertTrue(loss(new DenoisingScoreMatching(), 1.1 * truth, 0.6, 0.8) > least);
  }

  @Test
  void sumIsHalfTheDimensionsTimesTheMean() {
    double mean = loss(reduced(Reduction.MEAN), 0.7, 0.6, 0.8);
    double sum = loss(reduced(Reduction.SUM), 0.7, 0.6, 0.8);
    assertEquals(mean * SIDE * SIDE / 2, sum, 1e-5 * sum);
  }

  @Test
  void weightMultipliesTheLoss() {
    var weighted =
        new DenoisingScoreMatching(new EdmWeight(SD), new UniformTimes(), Reduction.MEAN);
    double plain = loss(new DenoisingScoreMatching(), 0.7, 0.6, 0.8);
    double factor = 1 + Math.pow(0.8 / (0.6 * SD), 2);
    assertEquals(factor * plain, loss(weighted, 0.7, 0.6, 0.8), 1e-6 * factor * plain);
  }

  @Test
  void vanishingNoiseGivesAFiniteLoss() {
    assertEquals(1, loss(new DenoisingScoreMatching(), 1 / variance(1, 1e-6), 1, 1e-6), 0.05);
  }

  /** Five standard errors, the squared error of a dimension being expected times chi-squared. */
  private static double statisticalTolerance(double expected) {
    return 5 * expected * Math.sqrt(2.0 / (BATCH * SIDE * SIDE));
  }

  private static double variance(double alpha, double sigma) {
    return alpha * alpha * SD * SD + sigma * sigma;
  }

  private static double closedForm(double k, double alpha, double sigma) {
    return k * k * sigma * sigma * variance(alpha, sigma) - 2 * k * sigma * sigma + 1;
  }

  private static DenoisingScoreMatching reduced(Reduction reduction) {
    return new DenoisingScoreMatching(new SigmaSquaredWeight(), new UniformTimes(), reduction);
  }

  /** Mean loss of the score -k x over a batch of Gaussian images. */
  private static double loss(DenoisingScoreMatching loss, double k, double alpha, double sigma) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var perExample = loss.perExample(new Batch(tf, k, (float) alpha, (float) sigma));
      assertEquals(1, perExample.shape().numDimensions());
      assertEquals(BATCH, perExample.shape().get(0));
      var mean = tf.math.mean(perExample, tf.constant(0));
      try (Session session = new Session(graph);
          var result = session.runner().fetch(mean).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private record Batch(Ops tf, double k, float alpha, float sigma) implements LossGraph {
    private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
        implements LevelTensors {}

    @Override
    public Sde sde() {
      return new TimeIsSigma();
    }

    @Override
    public Operand<TFloat32> coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
      return filled((float) of.applyAsDouble(new NoiseLevel(0, alpha, sigma)));
    }

    @Override
    public Operand<TFloat32> data() {
      return tf.math.mul(normal(1), tf.constant((float) SD));
    }

    @Override
    public Operand<TFloat32> noise() {
      return normal(2);
    }

    @Override
    public LevelTensors level() {
      return new Levels(filled(0), filled(alpha), filled(sigma));
    }

    @Override
    public ScoreField field() {
      Network score = (x, level) -> tf.math.mul(x, tf.constant((float) -k));
      return Prediction.SCORE.field(tf, score);
    }

    private Operand<TFloat32> filled(float value) {
      return tf.fill(tf.constant(new int[] {BATCH}), tf.constant(value));
    }

    private Operand<TFloat32> normal(long seed) {
      var random = new Random(seed);
      float[] values = new float[BATCH * SIDE * SIDE];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return tf.reshape(tf.constant(values), tf.constant(new int[] {BATCH, SIDE, SIDE, 1}));
    }
  }
}

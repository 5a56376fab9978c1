package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.score4j.api.ClassLogits;
import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.ScoreField;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The classes are the points -1 and 1, so that of x = alpha x_0 + sigma z the second has the log
 * odds 2 alpha x / sigma^2, and the least cross entropy is E ln(1 + exp(-2 alpha (alpha + sigma z)
 * / sigma^2)).
 */
class CrossEntropyTest {
  private static final int BATCH = 65536;

  @Test
  void theTruePosteriorHasTheLeastLossAndItIsTheIntegral() {
    for (double[] level : new double[][] {{1, 1}, {0.6, 0.8}, {0.2, 1}}) {
      double alpha = level[0];
      double sigma = level[1];
      double expected = 0;
      for (double z = -8; z < 8; z += 1e-3) {
        double exponent = -2 * alpha * (alpha + sigma * z) / (sigma * sigma);
        expected += Math.log1p(Math.exp(exponent)) * Math.exp(-z * z / 2) * 1e-3;
      }
      expected /= Math.sqrt(2 * Math.PI);
      double factor = 2 * alpha / (sigma * sigma);
      double found = loss(factor, alpha, sigma);
      assertEquals(expected, found, 0.02);
      assertTrue(loss(0.8 * factor, alpha, sigma) > found);
      assertTrue(loss(1.25 * factor, alpha, sigma) > found);
    }
  }

  @Test
  void aClassifierThatKnowsNothingHasTheLogarithmOfTheClasses() {
    assertEquals(Math.log(2), loss(0, 0.6, 0.8), 1e-5);
  }

  /** Mean loss of the classifier whose log odds are {@code factor} x. */
  private static double loss(double factor, double alpha, double sigma) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var batch = new Batch(tf, factor, (float) alpha, (float) sigma);
      var mean = tf.math.mean(new CrossEntropy().perExample(batch), tf.constant(0));
      try (Session session = new Session(graph);
          var result = session.runner().fetch(mean).run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private record Batch(Ops tf, double factor, float alpha, float sigma) implements LossGraph {
    private record Levels(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
        implements LevelTensors {}

    @Override
    public Sde sde() {
      throw new UnsupportedOperationException("cross entropy asks for no process");
    }

    @Override
    public Term coefficient(String name, ToDoubleFunction<NoiseLevel> of) {
      throw new UnsupportedOperationException("cross entropy has no weights");
    }

    @Override
    public Term data() {
      float[][] points = new float[BATCH][1];
      for (int i = 0; i < BATCH; i++) {
        points[i][0] = i % 2 == 0 ? -1 : 1;
      }
      return Term.of(tf, tf.constant(points));
    }

    @Override
    public Condition condition() {
      int[] labels = new int[BATCH];
      for (int i = 0; i < BATCH; i++) {
        labels[i] = i % 2;
      }
      return Condition.labels(tf.constant(labels), 2);
    }

    @Override
    public LevelTensors level() {
      return new Levels(filled(0), filled(alpha), filled(sigma));
    }

    private Operand<TFloat32> filled(float value) {
      return tf.fill(tf.constant(new int[] {BATCH}), tf.constant(value));
    }

    @Override
    public Term noise() {
      Random random = new Random(1);
      float[][] numbers = new float[BATCH][1];
      for (int i = 0; i < BATCH; i++) {
        numbers[i][0] = (float) random.nextGaussian();
      }
      return Term.of(tf, tf.constant(numbers));
    }

    @Override
    public ScoreField field() {
      throw new UnsupportedOperationException("cross entropy asks for no score");
    }

    @Override
    public ClassLogits classifier() {
      return (x, level) -> {
        var odds = tf.math.mul(x, tf.constant((float) factor));
        return tf.concat(List.of(tf.math.mul(odds, tf.constant(0f)), odds), tf.constant(1));
      };
    }
  }
}

package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Whatever a network predicts, its field is that of the data: here of N(mean, variance), where all
 * forms are known.
 */
class PredictionTest {
  private static final double MEAN = 0.4;
  private static final double VARIANCE = 0.3;
  private static final Shape SHAPE = Shape.of(4, 2, 3, 1);
  private static final int EXAMPLE = 6;

  private record Vectors(Operand<TFloat32> t, Operand<TFloat32> alpha, Operand<TFloat32> sigma)
      implements LevelTensors {}

  /** The exact forms at points x, in double. */
  private record Exact(double[] x, double[] alpha, double[] sigma) {

    static Exact random(int levels) {
      Random random = new Random(11);
      return new Exact(
          random.doubles(SHAPE.size(), -2, 2).toArray(),
          random.doubles(levels, 0.3, 1).toArray(),
          random.doubles(levels, 0.2, 2).toArray());
    }

    double alphaOf(int i) {
      return alpha.length == 1 ? alpha[0] : alpha[i / EXAMPLE];
    }

    double sigmaOf(int i) {
      return sigma.length == 1 ? sigma[0] : sigma[i / EXAMPLE];
    }

    double score(int i) {
      double a = alphaOf(i);
      return (a * MEAN - x[i]) / (a * a * VARIANCE + sigmaOf(i) * sigmaOf(i));
    }

    double noise(int i) {
      return -sigmaOf(i) * score(i);
    }

    /** The posterior mean by precision weighting, independent of Tweedie's formula. */
    double denoised(int i) {
      double precision = alphaOf(i) / (sigmaOf(i) * sigmaOf(i));
      return (MEAN / VARIANCE + precision * x[i]) / (1 / VARIANCE + precision * alphaOf(i));
    }

    double output(Prediction prediction, int i) {
      return switch (prediction) {
        case SCORE -> score(i);
        case NOISE -> noise(i);
        case DENOISED -> denoised(i);
        case VELOCITY -> alphaOf(i) * noise(i) - sigmaOf(i) * denoised(i);
      };
    }
  }

  private enum Form {
    SCORE,
    NOISE,
    DENOISED;

    Operand<TFloat32> of(ScoreField field, Operand<TFloat32> x, LevelTensors level) {
      return switch (this) {
        case SCORE -> field.score(x, level);
        case NOISE -> field.noise(x, level);
        case DENOISED -> field.denoised(x, level);
      };
    }

    double of(Exact exact, int i) {
      return switch (this) {
        case SCORE -> exact.score(i);
        case NOISE -> exact.noise(i);
        case DENOISED -> exact.denoised(i);
      };
    }
  }

  /** Division by sigma^2 &gt;= 0.04 makes the inputs' rounding, 1e-7, an error of 1e-5 at most. */
  private static void assertFormsAreExact(Prediction prediction, Exact exact) {
    for (Form form : Form.values()) {
      double[] actual =
          Evaluation.of(
              tf -> {
                var x = tf.constant(SHAPE, DataBuffers.of(floats(exact.x())));
                double[] output =
                    IntStream.range(0, exact.x().length)
                        .mapToDouble(i -> exact.output(prediction, i))
                        .toArray();
                Network network =
                    (input, level) -> tf.constant(SHAPE, DataBuffers.of(floats(output)));
                return form.of(prediction.field(tf, network), x, level(tf, exact));
              });
      double[] expected =
          IntStream.range(0, exact.x().length).mapToDouble(i -> form.of(exact, i)).toArray();
      assertArrayEquals(expected, actual, 2e-5, form.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void allFormsAreExactWithALevelForEveryExample(Prediction prediction) {
    assertFormsAreExact(prediction, Exact.random(4));
  }

  @ParameterizedTest
  @EnumSource
  void allFormsAreExactWithOneLevelForAll(Prediction prediction) {
    assertFormsAreExact(prediction, Exact.random(1));
  }

  @ParameterizedTest
  @EnumSource
  void severalFormsAtOnePointAndLevelCostOneEvaluation(Prediction prediction) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      int[] evaluations = {0};
      Network network =
          (x, level) -> {
            evaluations[0]++;
            return x;
          };
      ScoreField field = prediction.field(tf, network);
      var x = tf.constant(new float[][] {{1, 2}});
      var level = level(tf, Exact.random(1));
      for (Form form : Form.values()) {
        form.of(field, x, level);
        form.of(field, x, level);
      }
      assertEquals(1, evaluations[0]);
      field.score(x, level(tf, Exact.random(1)));
      assertEquals(2, evaluations[0]);
      field.score(tf.constant(new float[][] {{1, 2}}), level);
      assertEquals(3, evaluations[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SCORE", "NOISE", "DENOISED"})
  void theFormThatIsPredictedIsTheNetworksOwnOutput(Prediction prediction) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var output = tf.constant(new float[][] {{3, 4}});
      ScoreField field = prediction.field(tf, (x, level) -> output);
      Form form = Form.valueOf(prediction.name());
      var x = tf.constant(new float[][] {{1, 2}});
      assertSame(output, form.of(field, x, level(tf, Exact.random(1))));
    }
  }

  @Test
  void theSecondHalfOfTwiceTheChannelsIsTheVariance() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var output = tf.constant(new float[][] {{3, 4, -1, 0.5f}});
      ScoreField field = Prediction.NOISE.field(tf, (x, level) -> output);
      var x = tf.constant(new float[][] {{1, 2}});
      var level = level(tf, Exact.random(1));
      var variance = field.varianceInterpolation(x, level).orElseThrow();
      try (var result = session.runner().fetch(field.noise(x, level)).fetch(variance).run()) {
        assertEquals(Shape.of(1, 2), result.get(0).shape());
        assertEquals(4, ((TFloat32) result.get(0)).getFloat(0, 1));
        assertEquals(0, ((TFloat32) result.get(1)).getFloat(0, 0));
        assertEquals(0.75f, ((TFloat32) result.get(1)).getFloat(0, 1));
      }
    }
  }

  @Test
  void aModelOfTheScoreAloneHasLearnedNoVariance() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var x = tf.constant(new float[][] {{1, 2}});
      ScoreField field = Prediction.NOISE.field(tf, (y, level) -> y);
      assertTrue(field.varianceInterpolation(x, level(tf, Exact.random(1))).isEmpty());
    }
  }

  private static LevelTensors level(Ops tf, Exact exact) {
    return new Vectors(
        tf.constant(new float[exact.alpha().length]),
        tf.constant(floats(exact.alpha())),
        tf.constant(floats(exact.sigma())));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}

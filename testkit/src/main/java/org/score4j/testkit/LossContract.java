package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.Loss;
import org.score4j.api.Sde;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link Loss} must satisfy: the exact model minimises it. With e(a) the mean loss of a
 * model whose expected noise, or whose logits, are wrong by a times some function of x,
 *
 * <pre>
 *   e'(0) = 0,    e(a) &gt; e(0),    a e'(a) &gt; 0    for a = 1/2 and -1/2,
 * </pre>
 *
 * at high and at low noise levels alike. Each example's loss is a finite number of its own, from
 * the noise that it is given alone.
 *
 * <p>The data are 4,096 points of {@link TwoModes} in the plane; e'(0) is held to five standard
 * errors.
 *
 * <pre>
 *   class MyLossTest implements LossContract {
 *     public Loss loss() { return new MyLoss(); }
 *     public Sde sde() { return new VariancePreserving(); }
 *   }
 * </pre>
 */
public interface LossContract {

  /** The loss under test: of score models or of classifiers, for points. */
  Loss loss();

  /** A forward process that it suits. */
  Sde sde();

  @Test
  default void timesAreThoseOfTheProcessAndOfTheGenerator() {
    double[] times = loss().drawTimes(sde(), 1000, new SplittableRandom(1));
    assertEquals(1000, times.length);
    for (double t : times) {
      boolean inside = t >= sde().trainingStartTime() && t <= sde().endTime();
      assertTrue(inside, "t = " + t + " of " + sde());
    }
    assertArrayEquals(times, loss().drawTimes(sde(), 1000, new SplittableRandom(1)));
  }

  @Test
  default void everyExampleHasAFiniteLoss() {
    LossBatch batch = batch();
    try (var trial = trial(LossTrial.Error.CONSTANT)) {
      assertEquals(Shape.of(batch.count()), trial.shape());
      for (double amount : new double[] {0, 0.5}) {
        float[] losses = trial.losses(amount);
        for (int i = 0; i < losses.length; i++) {
          double t = batch.times()[i];
          assertTrue(Float.isFinite(losses[i]), "found " + losses[i] + " at t = " + t);
        }
      }
    }
  }

  @Test
  default void theExactModelIsStationary() {
    for (var error : LossTrial.Error.values()) {
      try (var trial = trial(error)) {
        double a = 0.1;
        float[] above = trial.losses(a);
        float[] below = trial.losses(-a);
        double[] slopes =
            IntStream.range(0, above.length)
                .mapToDouble(i -> ((double) above[i] - below[i]) / (2 * a))
                .toArray();
        double mean = mean(slopes);
        double variance = mean(DoubleStream.of(slopes).map(s -> Math.pow(s - mean, 2)).toArray());
        double allowed = 5 * Math.sqrt(variance / slopes.length);
        assertEquals(0, mean, allowed, "derivative in an error " + error);
      }
    }
  }

  @Test
  default void anErrorRaisesTheLossAtHighAndAtLowLevels() {
    int[] order = batch().order();
    int half = order.length / 2;
    for (var error : LossTrial.Error.values()) {
      try (var trial = trial(error)) {
        float[] exact = trial.losses(0);
        for (double amount : new double[] {-0.5, 0.5}) {
          float[] wrong = trial.losses(amount);
          for (int from : new int[] {0, half}) {
            double raised =
                Arrays.stream(order, from, from + half)
                    .mapToDouble(i -> (double) wrong[i] - exact[i])
                    .sum();
            String where = from == 0 ? "earlier" : "later";
            assertTrue(
                raised > 0,
                "error %s of %s changes the loss at the %s half of times by %s"
                    .formatted(error, amount, where, raised));
          }
        }
      }
    }
  }

  @Test
  default void descentLeadsBackToTheExactModel() {
    for (var error : LossTrial.Error.values()) {
      try (var trial = trial(error)) {
        double[] slopes = trial.slopes(-0.5, 0.5);
        String what = "gradients %s at errors %s of -0.5 and 0.5, which must be below and above 0";
        assertTrue(
            slopes[0] < 0 && slopes[1] > 0,
            String.format(Locale.ROOT, what, Arrays.toString(slopes), error));
      }
    }
  }

  @Test
  default void anExampleDoesNotDependOnItsBatch() {
    int kept = batch().count() / 2;
    try (var trial = trial(LossTrial.Error.OF_THE_PLACE);
        var other =
            new LossTrial(
                loss(), sde(), batch().withOthersAfter(kept), LossTrial.Error.OF_THE_PLACE)) {
      float[] expected = Arrays.copyOf(trial.losses(0.5), kept);
      float[] found = Arrays.copyOf(other.losses(0.5), kept);
      for (int i = 0; i < kept; i++) {
        float rounding = 1e-5f * Math.max(1, Math.abs(expected[i]));
        assertEquals(expected[i], found[i], rounding, "example " + i);
      }
    }
  }

  @Test
  default void theSameNoiseGivesTheSameBits() {
    try (var trial = trial(LossTrial.Error.CONSTANT);
        var again = trial(LossTrial.Error.CONSTANT)) {
      float[] expected = trial.losses(0.5);
      assertArrayEquals(expected, trial.losses(0.5), "run again");
      assertArrayEquals(expected, again.losses(0.5), "built again");
    }
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private LossBatch batch() {
    return LossBatch.draw(loss(), sde(), 4096);
  }

  private LossTrial trial(LossTrial.Error error) {
    return new LossTrial(loss(), sde(), batch(), error);
  }
}

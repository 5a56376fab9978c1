package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;
import org.score4j.api.Transition;

/**
 * What every {@link Sde} must satisfy: its four functions describe one process,
 *
 * <pre>
 *   f = d ln alpha / dt,   g^2 = d sigma^2 / dt - 2 f sigma^2,
 * </pre>
 *
 * its transitions compose and lead from marginal to marginal, and its log-SNR can be inverted.
 */
public interface SdeContract {

  /** The process under test. */
  Sde sde();

  /**
   * Largest relative error of an identity. Derivatives are five-point differences with steps of at
   * most 1/1000 of the time's range, which for {@code e^(17 t)}, the fastest published growth, are
   * right to 3e-9; a process with kinks needs more.
   */
  default double tolerance() {
    return 1e-7;
  }

  /** Largest {@code sigma(0) / sigma(endTime)}. */
  default double largestNoiseAtTimeZero() {
    return 1e-3;
  }

  /**
   * Largest relative distance between the prior and {@code x_T} of data of unit variance, as
   * standard deviations.
   */
  default double priorTolerance() {
    return 0.01;
  }

  /** Where the identities are tried: inside the range, dense towards both of its ends. */
  default double[] times() {
    double start = sde().startTime();
    double range = sde().endTime() - start;
    return DoubleStream.concat(
            IntStream.range(0, 8).mapToDouble(i -> start + range * Math.pow(10, i - 9)),
            IntStream.range(1, 20).mapToDouble(i -> start + range * i / 20))
        .toArray();
  }

  @Test
  default void timesAreOrdered() {
    assertTrue(0 < sde().startTime() && sde().startTime() < sde().endTime());
    assertTrue(0 <= sde().trainingStartTime() && sde().trainingStartTime() <= sde().startTime());
  }

  @Test
  default void alphaIsOneAtTimeZero() {
    assertEquals(1, sde().alpha(0), 1e-15);
  }

  @Test
  default void sigmaIsSmallAtTimeZero() {
    double first = sde().sigma(0);
    assertTrue(
        first >= 0 && first <= largestNoiseAtTimeZero() * sde().sigma(sde().endTime()),
        "sigma(0) = " + first);
  }

  @Test
  default void alphaStaysAboveZeroAndDoesNotIncrease() {
    double previous = 1;
    for (double t : fineTimes()) {
      double alpha = sde().alpha(t);
      assertTrue(0 < alpha && alpha <= previous, "alpha(" + t + ") = " + alpha);
      previous = alpha;
    }
  }

  @Test
  default void sigmaIncreases() {
    double previous = sde().sigma(0);
    for (double t : fineTimes()) {
      double sigma = sde().sigma(t);
      assertTrue(sigma > previous, "sigma(" + t + ") = " + sigma);
      previous = sigma;
    }
  }

  @Test
  default void logSnrStrictlyDecreases() {
    double previous = Double.POSITIVE_INFINITY;
    for (double t : fineTimes()) {
      double logSnr = sde().logSnr(t);
      assertTrue(logSnr < previous, "logSnr(" + t + ") = " + logSnr);
      previous = logSnr;
    }
  }

  @Test
  default void levelHoldsAlphaAndSigma() {
    for (double t : times()) {
      assertEquals(new NoiseLevel(t, sde().alpha(t), sde().sigma(t)), sde().level(t));
    }
  }

  @Test
  default void logSnrIsThatOfTheLevel() {
    for (double t : times()) {
      assertEquals(sde().level(t).logSnr(), sde().logSnr(t), tolerance(), "t = " + t);
    }
  }

  @Test
  default void driftIsTheDerivativeOfLogAlpha() {
    for (double t : times()) {
      double expected = derivative(u -> Math.log(sde().alpha(u)), t);
      assertClose(expected, sde().drift(t), "f(" + t + ")");
    }
  }

  @Test
  default void diffusionAddsWhatDriftDoesNotExplain() {
    for (double t : times()) {
      double sigma = sde().sigma(t);
      double growth = derivative(u -> sde().sigma(u) * sde().sigma(u), t);
      double g = sde().diffusion(t);
      assertTrue(g >= 0, "g(" + t + ") = " + g);
      assertClose(growth - 2 * sde().drift(t) * sigma * sigma, g * g, "g(" + t + ")^2");
    }
  }

  @Test
  default void transitionLeadsFromMarginalToMarginal() {
    double[] times = times();
    for (int i = 0; i < times.length; i++) {
      for (int j = i; j < times.length; j++) {
        NoiseLevel from = sde().level(times[i]);
        NoiseLevel to = sde().level(times[j]);
        Transition step = sde().transition(from.t(), to.t());
        String where = "from " + from.t() + " to " + to.t();
        assertClose(to.alpha(), step.alpha() * from.alpha(), "alpha " + where);
        assertClose(to.sigma(), Math.hypot(step.alpha() * from.sigma(), step.sigma()), where);
      }
    }
  }

  @Test
  default void transitionsCompose() {
    double[] times = times();
    for (int i = 0; i + 2 < times.length; i++) {
      Transition first = sde().transition(times[i], times[i + 1]);
      Transition second = sde().transition(times[i + 1], times[i + 2]);
      Transition whole = sde().transition(times[i], times[i + 2]);
      String where = "from " + times[i] + " over " + times[i + 1] + " to " + times[i + 2];
      assertClose(whole.alpha(), second.alpha() * first.alpha(), "alpha " + where);
      assertClose(whole.sigma(), Math.hypot(second.alpha() * first.sigma(), second.sigma()), where);
    }
  }

  @Test
  default void transitionFromTimeZeroIsTheMarginal() {
    double first = sde().sigma(0);
    for (double t : times()) {
      Transition step = sde().transition(0, t);
      assertClose(sde().alpha(t), step.alpha() * sde().alpha(0), "alpha to " + t);
      assertClose(sde().sigma(t), Math.hypot(step.alpha() * first, step.sigma()), "to " + t);
    }
  }

  @Test
  default void transitionOfNoTimeIsTheIdentity() {
    for (double t : times()) {
      assertEquals(new Transition(1, 0), sde().transition(t, t));
    }
  }

  /** A step of 1e-6 t differs from Euler-Maruyama's by about as much, and rounding by 1e-8. */
  @Test
  default void shortTransitionDiffusesAtRateG() {
    for (double t : times()) {
      double step = 1e-6 * Math.min(t, sde().endTime() - t);
      double g = sde().diffusion(t);
      double rate = sde().transition(t, t + step).variance() / ((t + step) - t);
      assertEquals(1, rate / (g * g), 1e-4, "t = " + t);
    }
  }

  @Test
  default void transitionRefusesToGoBack() {
    double[] times = times();
    assertThrows(
        IllegalArgumentException.class, () -> sde().transition(times[1], times[0]), "backwards");
  }

  @Test
  default void timeAtInvertsLogSnr() {
    for (double t : times()) {
      assertClose(t, sde().timeAt(sde().logSnr(t)), "timeAt(logSnr(" + t + "))");
    }
  }

  @Test
  default void timeAtGivesTheNearerEndForWhatIsNeverReached() {
    assertEquals(sde().endTime(), sde().timeAt(-1e6));
    assertEquals(0, sde().timeAt(1e6), 1e-12 * sde().endTime());
  }

  @Test
  default void priorHasTheWidthOfNoisedDataOfUnitVariance() {
    double end = sde().endTime();
    double expected = Math.hypot(sde().alpha(end), sde().sigma(end));
    assertEquals(1, sde().priorStandardDeviation() / expected, priorTolerance());
  }

  private void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, tolerance() * Math.abs(expected), what);
  }

  private double[] fineTimes() {
    double start = sde().startTime();
    double range = sde().endTime() - start;
    return IntStream.rangeClosed(0, 1000).mapToDouble(i -> start + range * i / 1000).toArray();
  }

  /** Fourth-order central difference. */
  private double derivative(DoubleUnaryOperator function, double t) {
    double end = sde().endTime();
    double h = Math.min(Math.min(t, end - t) / 4, end / 1000);
    double near = function.applyAsDouble(t + h) - function.applyAsDouble(t - h);
    double far = function.applyAsDouble(t + 2 * h) - function.applyAsDouble(t - 2 * h);
    return (8 * near - far) / (12 * h);
  }
}

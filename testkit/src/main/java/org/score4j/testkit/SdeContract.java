package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
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
 * paths that follow them have the marginals they promise, its transitions compose and lead from
 * marginal to marginal, its log-SNR can be inverted, its prior is where the paths end, and no
 * coefficient loses digits, however near to {@code startTime}.
 */
public interface SdeContract {

  /** The process under test. */
  Sde sde();

  /**
   * Largest relative error of an identity. Derivatives are five-point differences over at most
   * 2/10000 of the time's range to either side, which for {@code e^(17 t)}, the fastest published
   * growth, are right to 1e-12; of the logarithm of an alpha near 1 they are right to 2e-10.
   */
  default double tolerance() {
    return 1e-9;
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

  /**
   * Largest {@code alpha(endTime)} over the prior's standard deviation: what is left of the data.
   */
  default double largestSignalInPrior() {
    return 0.05;
  }

  /**
   * Where the identities are tried: inside the range, dense towards its start; a process with kinks
   * moves them away from those.
   */
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

  /**
   * Ten thousand paths of {@code dx = f x dt + g dw} from {@code x_0 = 1}, in a thousand equal
   * steps, over each of which f and g keep the values of its middle; held to five standard errors
   * of a mean and of a variance, and a thousandth for the steps.
   */
  @Test
  default void simulatedPathsHaveTheMarginals() {
    int steps = 1000;
    var random = new SplittableRandom(1);
    double[] x =
        random
            .doubles(10_000)
            .map(u -> sde().alpha(0) + sde().sigma(0) * random.nextGaussian())
            .toArray();
    double h = sde().endTime() / steps;
    for (int i = 0; i < steps; i++) {
      double f = sde().drift((i + 0.5) * h);
      double g = sde().diffusion((i + 0.5) * h);
      double shrink = Math.exp(f * h);
      double spread = g * Math.sqrt(f == 0 ? h : Math.expm1(2 * f * h) / (2 * f));
      for (int path = 0; path < x.length; path++) {
        x[path] = shrink * x[path] + spread * random.nextGaussian();
      }
      if ((i + 1) % (steps / 5) == 0) {
        assertMarginal(sde().level((i + 1) * h), x);
      }
    }
  }

  private static void assertMarginal(NoiseLevel level, double[] x) {
    double mean = DoubleStream.of(x).average().orElseThrow();
    double variance = DoubleStream.of(x).map(v -> Math.pow(v - mean, 2)).average().orElseThrow();
    double standardError = 1 / Math.sqrt(x.length);
    double allowed = 1e-3 * level.alpha() + 5 * level.sigma() * standardError;
    assertEquals(level.alpha(), mean, allowed, "mean at t = " + level.t());
    double ratio = variance / Math.pow(level.sigma(), 2);
    assertEquals(1, ratio, 1e-3 + 5 * Math.sqrt(2) * standardError, "variance at t = " + level.t());
  }

  /**
   * A coefficient right to rounding is a smooth function; one that loses digits to cancellation is
   * rough. At times {@code t, t + h, t + 2h, ...} with h a millionth of t, third differences of a
   * smooth function vanish next to its rounding errors: four units in the last place, and more for
   * what is an exponential of a large number, are allowed.
   */
  @Test
  default void coefficientsAreSmoothToRounding() {
    assertSmooth("drift", sde()::drift);
    assertSmooth("diffusion", sde()::diffusion);
    assertSmooth("alpha", sde()::alpha);
    assertSmooth("sigma", sde()::sigma);
    assertSmooth("logSnr", sde()::logSnr, v -> 1 + Math.abs(v));
    assertSmooth("transition's sigma", t -> sde().transition(t / 2, t).sigma());
  }

  private void assertSmooth(String what, DoubleUnaryOperator coefficient) {
    assertSmooth(what, coefficient, v -> v == 0 ? 0 : v * (1 + Math.abs(Math.log(Math.abs(v)))));
  }

  /** The unit is what a rounding error is in proportion to, as a function of the coefficient. */
  private void assertSmooth(
      String what, DoubleUnaryOperator coefficient, DoubleUnaryOperator unit) {
    for (double time : times()) {
      // So few digits that adding h is exact.
      double t = (float) time;
      double h = Math.scalb(1.0, Math.getExponent(t) - 20);
      double[] values =
          IntStream.range(0, 32).mapToDouble(i -> coefficient.applyAsDouble(t + i * h)).toArray();
      double allowed = 32 * Math.ulp(1.0) * Math.abs(unit.applyAsDouble(values[0]));
      for (int i = 0; i + 3 < values.length; i++) {
        double rough = values[i + 3] - 3 * values[i + 2] + 3 * values[i + 1] - values[i];
        assertEquals(0, rough, allowed, what + " near t = " + t);
      }
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

  @Test
  default void priorHasForgottenTheData() {
    double left = sde().alpha(sde().endTime()) / sde().priorStandardDeviation();
    assertTrue(left <= largestSignalInPrior(), "alpha(endTime) is " + left + " of the prior");
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
    double h = Math.min(Math.min(t, end - t) / 4, end / 10_000);
    double near = function.applyAsDouble(t + h) - function.applyAsDouble(t - h);
    double far = function.applyAsDouble(t + 2 * h) - function.applyAsDouble(t - 2 * h);
    return (8 * near - far) / (12 * h);
  }
}

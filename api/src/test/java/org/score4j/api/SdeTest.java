package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default methods of {@link Sde}, against the closed forms of a process that has them. */
class SdeTest {
  private final Sde process = new OrnsteinUhlenbeck();

  /** {@code dx = -x dt + sqrt(2) dw}: {@code alpha = e^-t}, {@code sigma^2 = 1 - e^(-2t)}. */
  private record OrnsteinUhlenbeck() implements Sde {
    @Override
    public double drift(double t) {
      return -1;
    }

    @Override
    public double diffusion(double t) {
      return Math.sqrt(2);
    }

    @Override
    public double alpha(double t) {
      return Math.exp(-t);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(-Math.expm1(-2 * t));
    }

    @Override
    public double startTime() {
      return 1e-4;
    }

    @Override
    public double endTime() {
      return 6;
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-4, 2e-4", "0.01, 6", "1, 2.5", "0, 0.3", "0, 0", "3, 3", "5, 6"})
  void transitionIsThatOfTheProcess(double s, double t) {
    Transition step = process.transition(s, t);
    double variance = -Math.expm1(-2 * (t - s));
    assertEquals(Math.exp(s - t), step.alpha(), 1e-15);
    assertEquals(variance, step.variance(), 1e-11 * variance);
  }

  /** A difference of log-SNRs of size 1 that are off by 1e-16 each, over a step of 2^-20. */
  @Test
  void shortTransitionKeepsTenDigits() {
    double step = 0x1p-20;
    double variance = -Math.expm1(-2 * step);
    double actual = process.transition(0.5, 0.5 + step).variance();
    assertEquals(variance, actual, 1e-9 * variance);
  }

  @Test
  void transitionRefusesToGoBack() {
    assertThrows(IllegalArgumentException.class, () -> process.transition(2, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-4, 0.02, 0.7, 3, 5.999})
  void timeAtInvertsLogSnr(double t) {
    double closedForm = 0.5 * Math.log1p(Math.exp(-process.logSnr(t)));
    assertEquals(closedForm, process.timeAt(process.logSnr(t)), 1e-12 * t);
    assertEquals(t, process.timeAt(process.logSnr(t)), 1e-9 * t);
  }

  @Test
  void timeAtGivesTheNearerEndForWhatIsNeverReached() {
    assertEquals(6, process.timeAt(-100));
    assertEquals(0, process.timeAt(1e6), 1e-12);
  }

  @Test
  void logSnrIsThatOfTheMarginal() {
    assertEquals(-Math.log(Math.expm1(2.0)), process.logSnr(1), 1e-14);
  }

  @Test
  void priorIsTheNoiseAtTheEndAndTrainingStartsWhereSamplingStopsUnlessOverridden() {
    assertEquals(process.sigma(6), process.priorStandardDeviation());
    assertEquals(1e-4, process.trainingStartTime());
  }
}

package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.testkit.SdeContract;

class OrnsteinUhlenbeckTest {
  private final Sde process = new OrnsteinUhlenbeck();

  @Nested
  class UpToTimeFive implements SdeContract {
    @Override
    public Sde sde() {
      return process;
    }
  }

  /** Reference values: the closed forms at 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, 0.999999999900000000005,  0.000014142135623023843964, 22.332703749280511494",
    "1e-4,  0.9999000049998333374951, 0.014141428546411662965,    8.5170931897495707126",
    "5,     0.006737946999085467096636, 0.99997729977746870609,   -9.9999545990396295108"
  })
  void levelIsExactToRoundingDownToTimeZero(double t, double alpha, double sigma, double logSnr) {
    assertEquals(alpha, process.alpha(t), 1e-15 * alpha);
    assertEquals(sigma, process.sigma(t), 1e-15 * sigma);
    assertEquals(logSnr, process.logSnr(t), 4e-15);
  }

  /** Reference values: the closed forms at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x1p-1,  0x1p-30, 0.99999999906867742582, 0.000043158372855058305087",
    "0x1p-17, 0x1p-48, 0.99999999999999644729, 8.4293697021787913838e-8"
  })
  void shortTransitionIsExactToRounding(double from, double step, double alpha, double sigma) {
    assertEquals(alpha, process.transition(from, from + step).alpha(), 2e-16);
    assertEquals(sigma, process.transition(from, from + step).sigma(), 1e-15 * sigma);
  }

  @Test
  void theVariancePreservingProcessIsThisOneInAnotherTime() {
    Sde vp = new VariancePreserving();
    for (double t : new double[] {1e-4, 0.1, 0.6}) {
      double time = process.timeAt(vp.logSnr(t));
      assertEquals(vp.alpha(t), process.alpha(time), 1e-14);
      assertEquals(vp.sigma(t), process.sigma(time), 1e-14);
    }
  }

  @Test
  void componentsAreChecked() {
    var faults =
        assertThrows(InvalidValueException.class, () -> new OrnsteinUhlenbeck(0, -1)).faults();
    assertEquals("startTime", faults.get(0).component());
    assertEquals("endTime", faults.get(1).component());
    assertThrows(InvalidValueException.class, () -> new OrnsteinUhlenbeck(1, 1));
  }
}

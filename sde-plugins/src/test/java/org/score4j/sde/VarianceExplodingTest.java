package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.testkit.SdeContract;

class VarianceExplodingTest {
  private final Sde ve = new VarianceExploding();

  @Nested
  class OfCifar10 implements SdeContract {
    @Override
    public Sde sde() {
      return ve;
    }
  }

  @Nested
  class OfLargeImages implements SdeContract {
    @Override
    public Sde sde() {
      return new VarianceExploding(0.01, 1348, 1e-5);
    }
  }

  @Test
  void marginalsAgreeWithThePublishedClosedForms() throws IOException {
    Marginals.read("ve.csv").assertMatch(ve);
  }

  /** Reference values: the closed forms at 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, 0.01000000000851719319504337, 9.210340370272744097788718",
    "1e-5,  0.01000085175559146134090215, 9.210170028112354411323433",
    "1,     50,                           -7.824046010856292117237502"
  })
  void levelIsExactToRoundingDownToTimeZero(double t, double sigma, double logSnr) {
    assertEquals(1, ve.alpha(t));
    assertEquals(sigma, ve.sigma(t), 1e-15 * sigma);
    assertEquals(logSnr, ve.logSnr(t), 4e-15);
  }

  /** Reference values: the closed forms at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x0p0,   0x1p-30, 1.2595439138392795907e-6",
    "0x1p-1,  0x1p-30, 0.000089063204267799914176",
    "0x1p-17, 0x1p-30, 1.2596257629558402278e-6",
    "0x1p-17, 0x1p-48, 2.4602065585156706187e-9"
  })
  void shortTransitionIsExactToRounding(double from, double step, double sigma) {
    Transition transition = ve.transition(from, from + step);
    assertEquals(1, transition.alpha());
    assertEquals(sigma, transition.sigma(), 2e-15 * sigma);
  }

  @Test
  void priorIsAsWideAsTheLargestNoise() {
    assertEquals(50, ve.priorStandardDeviation(), 1e-13);
  }

  @Test
  void allFaultsOfTheComponentsAreTold() {
    var faults =
        assertThrows(InvalidValueException.class, () -> new VarianceExploding(2, 1, 0)).faults();
    assertEquals(2, faults.size());
    assertEquals("sigmaMax", faults.get(0).component());
    assertEquals("startTime", faults.get(1).component());
    assertThrows(InvalidValueException.class, () -> new VarianceExploding(0, 1, 1e-5));
    assertThrows(InvalidValueException.class, () -> new VarianceExploding(1, Double.NaN, 1e-5));
  }
}

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

class EdmTest {
  private final Sde edm = new Edm();

  @Nested
  class OfThePaper implements SdeContract {
    @Override
    public Sde sde() {
      return edm;
    }
  }

  @Test
  void timeIsTheNoise() {
    assertEquals(0.002, edm.startTime());
    assertEquals(80, edm.endTime());
    assertEquals(80, edm.priorStandardDeviation());
    assertEquals(3.5, edm.sigma(3.5));
    assertEquals(1, edm.alpha(3.5));
    assertEquals(Math.sqrt(7), edm.diffusion(3.5));
    assertEquals(0.25, edm.timeAt(2 * Math.log(4)), 1e-16);
  }

  /** Reference values: the closed form at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x1p3,  0x1p-30, 0.00012207031250355271368",
    "0x1p-9, 0x1p-30, 1.9073488601861618907e-6",
    "0x1p-9, 0x1p-50, 1.8626451492311687895e-9"
  })
  void shortTransitionIsExactToRounding(double from, double step, double sigma) {
    assertEquals(sigma, edm.transition(from, from + step).sigma(), 1e-15 * sigma);
  }

  @Test
  void componentsAreChecked() {
    var faults = assertThrows(InvalidValueException.class, () -> new Edm(0, -1)).faults();
    assertEquals("sigmaMin", faults.get(0).component());
    assertEquals("sigmaMax", faults.get(1).component());
    assertThrows(InvalidValueException.class, () -> new Edm(1, 1));
  }
}

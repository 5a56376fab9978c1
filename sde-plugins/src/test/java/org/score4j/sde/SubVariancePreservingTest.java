package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.testkit.SdeContract;

class SubVariancePreservingTest {
  private final Sde subVp = new SubVariancePreserving();

  @Nested
  class OfThePaper implements SdeContract {
    @Override
    public Sde sde() {
      return subVp;
    }
  }

  @Nested
  class WithAConstantRate implements SdeContract {
    @Override
    public Sde sde() {
      return new SubVariancePreserving(8, 8, 1e-3);
    }
  }

  @Test
  void marginalsAgreeWithThePublishedClosedForms() throws IOException {
    Marginals.read("sub-vp.csv").assertMatch(subVp);
  }

  /** Reference values: the closed forms at 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, 0.9999999999949999999503,   1.0000000099450000918e-11, 1.414213583473161486e-6,       50.656872025969004964",
    "1e-8,  0.999999999499999502625,    1.0000009944999990816e-9,  0.00001414215672379553431,     41.446529683893812184",
    "1e-5,  0.9999994995026252488528,   1.0009944990046722896e-6,  0.00044788078236640564466,     27.629032105297237536",
    "1e-3,  0.9999450265110976215052,   0.00010994395572027488966, 0.005134502046905944041,       18.230969680919590807",
    "1,     0.00657158649492961500493,  0.9999568142509396587,     4.4721359508292926629,         -10.049913626636816702"
  })
  void coefficientsAreExactToRoundingDownToTimeZero(
      double t, double alpha, double sigma, double diffusion, double logSnr) {
    assertEquals(alpha, subVp.alpha(t), 4e-15 * alpha);
    assertEquals(sigma, subVp.sigma(t), 1e-15 * sigma);
    assertEquals(diffusion, subVp.diffusion(t), 1e-15 * diffusion);
    assertEquals(logSnr, subVp.logSnr(t), 8e-15);
  }

  /** Reference values: the closed forms at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x0p0,   0x1p-30, 0.99999999995343386696, 9.3132266087460340223e-11",
    "0x1p-1,  0x1p-30, 0.99999999532010406919, 0.00009644315928262414379",
    "0x1p-17, 0x1p-30, 0.99999999995336316795, 1.1934862783957729192e-8",
    "0x1p-17, 0x1p-48, 0.99999999999999982209, 2.3309565920030361412e-11"
  })
  void shortTransitionIsExactToRounding(double from, double step, double alpha, double sigma) {
    Transition transition = subVp.transition(from, from + step);
    assertEquals(alpha, transition.alpha(), 2e-16);
    assertEquals(sigma, transition.sigma(), 1e-15 * sigma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-5, 1e-3, 0.1, 0.5, 0.999})
  void timeAtIsExactToRounding(double t) {
    // The log-SNR, about -4 ln t, is itself known to 4e-15, which is as much of t, and half of it.
    assertEquals(t, subVp.timeAt(subVp.logSnr(t)), 1e-14 * t);
  }

  @Test
  void varianceStaysBelowThatOfTheVpProcess() {
    Sde vp = new VariancePreserving();
    for (double t : new double[] {1e-5, 0.01, 0.3, 0.9}) {
      assertEquals(vp.alpha(t), subVp.alpha(t));
      assertTrue(subVp.sigma(t) < vp.sigma(t));
    }
  }

  @Test
  void allFaultsOfTheComponentsAreTold() {
    var faults =
        assertThrows(InvalidValueException.class, () -> new SubVariancePreserving(2, 1, 1))
            .faults();
    assertEquals(2, faults.size());
    assertEquals("betaMax", faults.get(0).component());
    assertEquals("startTime", faults.get(1).component());
  }
}

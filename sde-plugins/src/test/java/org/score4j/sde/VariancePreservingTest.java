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

class VariancePreservingTest {
  private final Sde vp = new VariancePreserving();

  @Nested
  class OfThePaper implements SdeContract {
    @Override
    public Sde sde() {
      return vp;
    }
  }

  @Nested
  class WithAConstantRate implements SdeContract {
    @Override
    public Sde sde() {
      return new VariancePreserving(8, 8, 1e-3);
    }

    @Override
    public double priorTolerance() {
      return 1e-12;
    }
  }

  @Test
  void marginalsAgreeWithThePublishedClosedForms() throws IOException {
    Marginals.read("vp.csv").assertMatch(vp);
  }

  /** Reference values: the closed forms at 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, 0.9999999999949999999502625, 0.00000316227767589280495793401, 25.32843601297950257",
    "1e-8,  0.9999999994999995026250002, 0.00003162279232610553329417202, 20.72326484144690567",
    "1e-5,  0.9999994995026252488528575, 0.001000497125935238332766493,   13.81451555215111890",
    "1e-3,  0.9999450265110976215092275, 0.0104854163350948960596915,     9.115429865459795476",
    "1,     0.006571586494929615014050286,   0.9999784068923386801118348,         -10.04995681331840835"
  })
  void levelIsExactToRoundingDownToTimeZero(double t, double alpha, double sigma, double logSnr) {
    assertEquals(alpha, vp.alpha(t), 4e-15 * alpha);
    assertEquals(sigma, vp.sigma(t), 1e-15 * sigma);
    assertEquals(logSnr, vp.logSnr(t), 4e-15);
  }

  /** Reference values: the closed forms at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x0p0,   0x1p-30, 0.99999999995343386696, 9.6505060016281185179e-6",
    "0x1p-1,  0x1p-30, 0.99999999532010406919, 0.0000967460171775198013",
    "0x1p-17, 0x1p-30, 0.99999999995336316795, 9.6578291604202347413e-6",
    "0x1p-17, 0x1p-48, 0.99999999999999982209, 1.8862946706731351913e-8"
  })
  void shortTransitionIsExactToRounding(double from, double step, double alpha, double sigma) {
    Transition transition = vp.transition(from, from + step);
    assertEquals(alpha, transition.alpha(), 2e-16);
    assertEquals(sigma, transition.sigma(), 1e-15 * sigma);
  }

  @Test
  void priorIsStandardNormal() {
    assertEquals(1, vp.priorStandardDeviation());
  }

  @Test
  void trainingGoesNearerToTheDataThanSampling() {
    assertEquals(1e-3, vp.startTime());
    assertEquals(1e-5, vp.trainingStartTime());
    assertEquals(1e-6, new VariancePreserving(0.1, 20, 1e-6).trainingStartTime());
  }

  @Test
  void allFaultsOfTheComponentsAreTold() {
    var fault =
        assertThrows(InvalidValueException.class, () -> new VariancePreserving(2, 1, 1)).faults();
    assertEquals(2, fault.size());
    assertEquals("betaMax", fault.get(0).component());
    assertEquals("startTime", fault.get(1).component());
    assertThrows(InvalidValueException.class, () -> new VariancePreserving(0, 1, 1e-3));
    assertThrows(InvalidValueException.class, () -> new VariancePreserving(1, Double.NaN, 1e-3));
  }
}

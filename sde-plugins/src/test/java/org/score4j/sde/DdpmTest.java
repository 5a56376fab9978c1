package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.testkit.SdeContract;

class DdpmTest {
  private final Sde ddpm = new Ddpm();

  /** The contract of a process with a kink at every whole time. */
  private interface Contract extends SdeContract {
    /** Early, everywhere, and in the middle of steps. */
    @Override
    default double[] times() {
      double last = sde().endTime() - 1;
      return DoubleStream.concat(
              DoubleStream.of(0.25, 1.25, 1.5, 2.5, 3.5, 5.5, 9.5),
              IntStream.range(1, 20).mapToDouble(i -> Math.floor(last * i / 20) + 0.5))
          .distinct()
          .sorted()
          .toArray();
    }
  }

  @Nested
  class OfThePaper implements Contract {
    @Override
    public Sde sde() {
      return ddpm;
    }
  }

  @Nested
  class OfLatentDiffusion implements Contract {
    @Override
    public Sde sde() {
      return new Ddpm(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012);
    }

    /** This schedule is known to leave some of the data: alpha is 0.068 at its end. */
    @Override
    public double largestSignalInPrior() {
      return 0.07;
    }
  }

  @Nested
  class WithTheCosineSchedule implements Contract {
    @Override
    public Sde sde() {
      return new Ddpm(BetaSchedule.COSINE, 1000, 1e-4, 2e-2);
    }
  }

  @Test
  void theLinearScheduleAgreesWithThePublishedTable() throws IOException {
    assertMatch(BetaTable.read("ddpm-linear.csv"), BetaSchedule.LINEAR);
  }

  @Test
  void theCosineScheduleAgreesWithThePublishedTable() throws IOException {
    assertMatch(BetaTable.read("ddpm-cosine.csv"), BetaSchedule.COSINE);
  }

  private static void assertMatch(BetaTable table, BetaSchedule schedule) {
    Sde sde = new Ddpm(schedule, table.steps(), 1e-4, 2e-2);
    for (int k = 1; k <= table.steps(); k++) {
      double beta = table.beta()[k - 1];
      assertEquals(beta, sde.transition(k - 1, k).variance(), 1e-12 * beta + 4e-16, "step " + k);
      if (beta < 0.999) {
        double alpha = sde.alpha(k);
        double expected = table.alphaSquared()[k - 1];
        assertEquals(expected, alpha * alpha, 1e-12 * expected, "step " + k);
      }
    }
  }

  /** The table's last alpha is 0; the clipped beta leaves a thousandth of the one before. */
  @Test
  void theLastStepOfTheCosineScheduleIsClipped() {
    Sde sde = new Ddpm(BetaSchedule.COSINE, 1000, 1e-4, 2e-2);
    assertEquals(0.001, Math.pow(sde.alpha(1000) / sde.alpha(999), 2), 1e-15);
    assertEquals(2.42876690703485e-9, Math.pow(sde.alpha(1000), 2), 1e-20);
  }

  /** Reference values: the products at 60 digits, with the decimal betas of Rombach et al. */
  @ParameterizedTest
  @CsvSource({
    "1,    0.00085,               0.99915",
    "500,  0.0048037929805507178, 0.27766965045646781407",
    "1000, 0.012,                 0.0046600985130772404"
  })
  void theScaledLinearScheduleIsLinearInTheRoot(int k, double beta, double alphaSquared) {
    Sde sde = new Ddpm(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012);
    assertEquals(beta, sde.transition(k - 1, k).variance(), 1e-14 * beta);
    assertEquals(alphaSquared, Math.pow(sde.alpha(k), 2), 1e-13 * alphaSquared);
  }

  /** Reference values: the products at 60 digits, log-linear between steps. */
  @ParameterizedTest
  @CsvSource({
    "1e-10,  0.99999999999999499975,   1.0000250013542553613e-7, 32.23614129983317615",
    "0.25,   0.999987499453090817855,  0.0050000937545901338075, 10.596572230361529024",
    "1,      0.9999499987499374960911, 0.01000000000000000024,   9.2102403669758493298",
    "1.5,    0.9999200189207682901858, 0.012647361839149877005,  8.7404533030903626909",
    "500,    0.2803341628873980694163, 0.95990247271179678262,   -2.4616987158104720938",
    "999.75, 0.006368881377212553150503, 0.99997971846933125443, -10.112622302111040705",
    "1000,   0.006352818087570021435132, 0.99997982064756998934, -10.117673183301032343"
  })
  void levelIsExactToRoundingDownToTimeZero(double t, double alpha, double sigma, double logSnr) {
    assertEquals(alpha, ddpm.alpha(t), 5e-14 * alpha);
    assertEquals(sigma, ddpm.sigma(t), 2e-15 * sigma);
    assertEquals(logSnr, ddpm.logSnr(t), 1e-13);
  }

  /** Reference values: the products at 60 digits, log-linear between steps. */
  @ParameterizedTest
  @CsvSource({
    "0.25,  0x1p-30, 0.99999999999995343154,  3.0518341105781083937e-7",
    "500,   0x1p-30, 0.99999999999529174375,  3.0686336530340124491e-6",
    "499.5, 0x1p0,   0.99496231081880486169,  0.10024968852871287634",
    "0,     1000,    0.0063528180875700214351, 0.99997982064756998934"
  })
  void transitionIsExactToRounding(double from, double step, double alpha, double sigma) {
    Transition transition = ddpm.transition(from, from + step);
    assertEquals(alpha, transition.alpha(), 5e-14 * alpha);
    assertEquals(sigma, transition.sigma(), 2e-15 * sigma);
  }

  @Test
  void atAWholeTimeTheRateIsThatOfTheStepBefore() {
    assertEquals(-Math.log1p(-1e-4), Math.pow(ddpm.diffusion(1), 2), 1e-18);
    assertEquals(Math.log1p(-2e-2) / 2, ddpm.drift(1000), 1e-16);
    assertEquals(ddpm.drift(2), ddpm.drift(1.001));
    assertEquals(ddpm.drift(0), ddpm.drift(1));
  }

  @Test
  void timesAtStepsAreFoundAgain() {
    for (int k = 1; k <= 1000; k++) {
      assertEquals(k, ddpm.timeAt(ddpm.logSnr(k)), 1e-12 * k);
    }
  }

  @Test
  void componentsAreChecked() {
    var faults =
        assertThrows(InvalidValueException.class, () -> new Ddpm(BetaSchedule.LINEAR, 1, 0, 1))
            .faults();
    assertEquals("steps", faults.get(0).component());
    assertEquals("betaMin", faults.get(1).component());
    assertEquals("betaMax", faults.get(2).component());
    assertThrows(InvalidValueException.class, () -> new Ddpm(BetaSchedule.LINEAR, 10, 0.2, 0.1));
  }
}

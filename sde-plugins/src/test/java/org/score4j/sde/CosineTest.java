package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class CosineTest {
  private final Sde cosine = new Cosine();

  @Nested
  class OfThePaper implements SdeContract {
    @Override
    public Sde sde() {
      return cosine;
    }
  }

  /** The limit is reached at 0.93. */
  @Nested
  class WithALowLimit implements SdeContract {
    @Override
    public Sde sde() {
      return new Cosine(0.008, 30, 1e-3);
    }
  }

  @Test
  void marginalsAgreeWithThePublishedTableUpToTheLimit() throws IOException {
    BetaTable table = BetaTable.read("ddpm-cosine.csv");
    for (int i = 1; i <= 997; i++) {
      double alpha = cosine.alpha(i / 1000.0);
      double expected = table.alphaSquared()[i - 1];
      assertEquals(expected, alpha * alpha, 1e-12 * expected, "step " + i);
      double beta = table.beta()[i - 1];
      double kept = cosine.transition((i - 1) / 1000.0, i / 1000.0).variance();
      // The table's betas are differences from 1, known to 1e-16 and no better.
      assertEquals(beta, kept, 1e-12 * beta + 4e-16, "step " + i);
    }
  }

  /** Reference values: the closed forms at 60 digits; the limit is reached at 0.997998. */
  @ParameterizedTest
  @CsvSource({
    "1e-10, -0.019428138105217410207, 0.9999999999980571862016, 1.9711995324543490774e-6,  26.273736601587266705",
    "1e-8,  -0.019428162150029257965, 0.999999999805718499957,  0.0000197120014216772823,  21.668565796592917735",
    "1e-5,  -0.01945242555579147877,  0.9999998055972018134357, 0.00062354274799782621769, 14.76018607889568089",
    "1e-3,  -0.021856955888826917849, 0.9999793576745363108235, 0.0064252801356655107368,  10.094988811462066798",
    "0.5,   -1.5778789304876096741,   0.7027400589411690234863, 0.71144670184024487247,    -0.024626882811514545194",
    "0.998, -499.5,                   0.003116898088612525617341, 0.99999514246135476095,  -11.541824233050141886",
    "1,     -499.5,                   0.00114778994326665714947, 0.99999934128890611781,   -13.539832630728408231"
  })
  void coefficientsAreExactToRoundingDownToTimeZero(
      double t, double drift, double alpha, double sigma, double logSnr) {
    assertEquals(drift, cosine.drift(t), 2e-15 * -drift);
    assertEquals(Math.sqrt(-2 * drift), cosine.diffusion(t), 2e-15 * Math.sqrt(-2 * drift));
    assertEquals(alpha, cosine.alpha(t), 1e-14 * alpha);
    assertEquals(sigma, cosine.sigma(t), 2e-15 * sigma);
    assertEquals(logSnr, cosine.logSnr(t), 1e-14);
  }

  /** Reference values: the closed forms at 60 digits; times are powers of two, hence exact. */
  @ParameterizedTest
  @CsvSource({
    "0x0p0,   0x1p-30, 0.99999999998190613557, 6.0156237294103830001e-6",
    "0x1p-1,  0x1p-30, 0.99999999853048573097, 0.000054212807858413847449",
    "0x1p-17, 0x1p-30, 0.99999999998188887813, 6.0184918161075660537e-6",
    "0x1p-17, 0x1p-48, 0.99999999999999993091, 1.1754866486621673293e-8"
  })
  void shortTransitionIsExactToRounding(double from, double step, double alpha, double sigma) {
    Transition transition = cosine.transition(from, from + step);
    assertEquals(alpha, transition.alpha(), 2e-16);
    assertEquals(sigma, transition.sigma(), 2e-15 * sigma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-5, 1e-3, 0.1, 0.5, 0.99, 0.9979, 0.9981, 0.9999})
  void timeAtIsExactToRounding(double t) {
    assertEquals(t, cosine.timeAt(cosine.logSnr(t)), 2e-14 * t);
  }

  @Test
  void componentsAreChecked() {
    var faults = assertThrows(InvalidValueException.class, () -> new Cosine(-1, 0, 1)).faults();
    assertEquals("offset", faults.get(0).component());
    assertEquals("betaMax", faults.get(1).component());
    assertEquals("startTime", faults.get(2).component());
  }
}

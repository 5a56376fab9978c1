package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.SamplerContract;

class LangevinTest {

  @Nested
  class DrawsFromVe implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new Langevin(600, 2e-3, Optional.empty());
    }

    @Override
    public Sde sde() {
      return new VarianceExploding();
    }

    /** The variance 0.0901 is left at 1 / (1 - 0.0111) times its value. */
    @Override
    public double tolerance() {
      return 0.0113;
    }

    @Override
    public boolean reachesEveryMode() {
      return false;
    }
  }

  @Test
  void stepsAreThoseOfThePaperAtTheGivenTime() {
    Sde sde = new VariancePreserving();
    Moments marginal = Moments.marginal(0.5, 0.3, sde.level(0.2));
    Moments expected = Moments.prior(sde);
    for (int i = 0; i < 4; i++) {
      expected = expected.step(1, 0.05, marginal, 0.1);
    }
    var sampler = new Langevin(4, 0.05, Optional.of(0.2));
    expected.assertMatch(Moments.drawn(sampler, sde, 0.5, 0.3));
  }

  @Test
  void timesOutsideOfTheProcessAreRefused() {
    Sde sde = new VariancePreserving();
    new Langevin(1, 1, Optional.of(1e-3)).check(sde);
    new Langevin(1, 1, Optional.of(1.0)).check(sde);
    for (double time : new double[] {0, 9e-4, 1.01, Double.NaN}) {
      var sampler = new Langevin(1, 1, Optional.of(time));
      var refusal = assertThrows(InvalidValueException.class, () -> sampler.check(sde));
      assertEquals("time", refusal.faults().get(0).component());
    }
  }

  @Test
  void bothFaultsAreTold() {
    var exception =
        assertThrows(InvalidValueException.class, () -> new Langevin(0, 0, Optional.empty()));
    assertEquals(2, exception.faults().size());
  }
}

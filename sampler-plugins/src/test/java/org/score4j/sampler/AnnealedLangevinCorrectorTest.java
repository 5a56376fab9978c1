package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.SamplerContract;

class AnnealedLangevinCorrectorTest {

  /** In 500 steps the variance is off by 0.6% (VE), 0.9% (VP) and 1.0% (sub-VP). */
  private interface Corrects extends SamplerContract {
    @Override
    default Sampler sampler() {
      var corrector = new AnnealedLangevinCorrector();
      return new PredictorCorrector(500, new ReverseDiffusion(), corrector, new UniformGrid());
    }

    @Override
    default double tolerance() {
      return 0.012;
    }
  }

  @Nested
  class CorrectsVe implements Corrects {
    @Override
    public Sde sde() {
      return new VarianceExploding();
    }
  }

  @Nested
  class CorrectsVp implements Corrects {
    @Override
    public Sde sde() {
      return new VariancePreserving();
    }
  }

  @Nested
  class CorrectsSubVp implements Corrects {
    @Override
    public Sde sde() {
      return new SubVariancePreserving();
    }
  }

  @Test
  void stepsAreInProportionToTheNoise() {
    TimeGrid uneven = (sde, steps) -> new double[] {1, 0.7, 0.3, 0.06};
    for (Sde sde :
        new Sde[] {new VarianceExploding(0.1, 2, 1e-3), new VariancePreserving(0.1, 5, 1e-3)}) {
      double[] times = uneven.times(sde, 3);
      Moments x = Moments.prior(sde);
      for (int i = 0; i < 3; i++) {
        Moments marginal = Moments.marginal(0.5, 0.8, sde.level(times[i]));
        double a = Math.pow(sde.alpha(times[i]) / sde.alpha(times[i + 1]), 2);
        double e = 2 * a * Math.pow(0.3 * sde.sigma(times[i]), 2);
        x = x.step(1, e, marginal, 2 * e).step(1, e, marginal, 2 * e);
      }
      var corrector = new AnnealedLangevinCorrector(0.3, 2);
      var sampler = new PredictorCorrector(3, new NoPredictor(), corrector, uneven);
      x.assertMatch(Moments.drawn(sampler, sde, 0.5, 0.8));
    }
  }

  @Test
  void bothFaultsAreTold() {
    var exception =
        assertThrows(InvalidValueException.class, () -> new AnnealedLangevinCorrector(0, 0));
    assertEquals(2, exception.faults().size());
  }
}

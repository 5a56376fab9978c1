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

class EulerMaruyamaTest {

  @Nested
  class ReversesVe implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new EulerMaruyama();
    }

    @Override
    public Sde sde() {
      return new VarianceExploding();
    }

    /** In 1000 steps the mean is off by 5e-5, the variance by 1e-5. */
    @Override
    public double tolerance() {
      return 1e-4;
    }
  }

  @Nested
  class ReversesSubVp implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new EulerMaruyama();
    }

    @Override
    public Sde sde() {
      return new SubVariancePreserving();
    }

    /** In 1000 steps the mean is off by 1.2e-3, the variance by 1.4e-3. */
    @Override
    public double tolerance() {
      return 2e-3;
    }
  }

  @Nested
  class ReversesVp implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new EulerMaruyama();
    }

    @Override
    public Sde sde() {
      return new VariancePreserving();
    }

    /** In 1000 steps the mean is off by 8e-4, the variance by 6e-5. */
    @Override
    public double tolerance() {
      return 1e-3;
    }
  }

  @Test
  void stepsOnAnUnevenGridAreThoseOfTheReverseSde() {
    TimeGrid uneven = (sde, steps) -> new double[] {1, 0.7, 0.45, 0.2, 0.06, sde.startTime()};
    for (Sde sde : new Sde[] {new VariancePreserving(), new VarianceExploding(0.1, 2, 1e-3)}) {
      double[] times = uneven.times(sde, 5);
      Moments expected = Moments.prior(sde);
      for (int i = 0; i < 5; i++) {
        double t = times[i];
        double h = t - times[i + 1];
        double gain = h * sde.diffusion(t) * sde.diffusion(t);
        Moments marginal = Moments.marginal(0.5, 0.8, sde.level(t));
        expected = expected.step(1 - h * sde.drift(t), gain, marginal, i == 4 ? 0 : gain);
      }
      expected.assertMatch(Moments.drawn(new EulerMaruyama(5, uneven), sde, 0.5, 0.8));
    }
  }

  /** The exact chain's errors are 0.0449, 0.0228 and 0.0116, known here to 0.001 each. */
  @Test
  void meanConvergesAtOrderOne() {
    Sde sde = new VariancePreserving();
    double truth = sde.alpha(sde.startTime()) * 0.5;
    double[] error = new double[3];
    for (int i = 0; i < 3; i++) {
      var sampler = new EulerMaruyama(16 << i, new UniformGrid());
      error[i] = new Gaussian(sde, 0.5, 0.3).law(sampler).mean() - truth;
    }
    assertEquals(2, error[0] / error[1], 0.2);
    assertEquals(4, error[0] / error[2], 0.7);
  }

  @Test
  void stepsMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new EulerMaruyama(0, new UniformGrid()));
  }
}

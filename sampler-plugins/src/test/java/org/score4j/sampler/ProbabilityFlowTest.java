package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.score4j.testkit.SamplerContract;

class ProbabilityFlowTest {

  /** Without denoising, whose result is narrower than the marginal by sigma^2 / variance. */
  private interface Reverses extends SamplerContract {
    @Override
    default Sampler sampler() {
      return new ProbabilityFlow(1e-5, 1e-5, ErrorNorm.PER_SAMPLE, 0, false);
    }

    @Override
    default double tolerance() {
      return 1e-4;
    }
  }

  @Nested
  class ReversesVe implements Reverses {
    @Override
    public Sde sde() {
      return new VarianceExploding();
    }
  }

  @Nested
  class ReversesVp implements Reverses {
    @Override
    public Sde sde() {
      return new VariancePreserving();
    }
  }

  @Nested
  class ReversesSubVp implements Reverses {
    @Override
    public Sde sde() {
      return new SubVariancePreserving();
    }
  }

  /** E[x_0 | x] of Gaussian data of variance v shrinks by v alpha / (v alpha^2 + sigma^2). */
  @Test
  void denoisingGivesTheExpectedCleanData() {
    Sde sde = new VariancePreserving(0.1, 20, 0.05);
    var level = sde.level(0.05);
    Moments marginal = Moments.marginal(0.5, 0.3, level);
    Moments noisy =
        Moments.drawn(new ProbabilityFlow(1e-5, 1e-5, ErrorNorm.BATCH, 0, false), sde, 0.5, 0.3);
    Moments clean =
        Moments.drawn(new ProbabilityFlow(1e-5, 1e-5, ErrorNorm.BATCH, 0, true), sde, 0.5, 0.3);
    double square = level.sigma() * level.sigma();
    Moments expected = noisy.step(1 / level.alpha(), square / level.alpha(), marginal, 0);
    assertEquals(expected.mean(), clean.mean(), 1e-5);
    assertEquals(expected.variance(), clean.variance(), 1e-5);
  }

  /** The other is so far out that the norm of both together asks for shorter steps. */
  @Test
  void aSampleTakesItsOwnStepsWhateverItIsDrawnWith() {
    var data = new Gaussian(new VariancePreserving(), 0.5, 0.3);
    var own = new ProbabilityFlow(1e-3, 1e-3, ErrorNorm.PER_SAMPLE, 0, false);
    assertEquals(data.run(own, 0.6f)[0], data.run(own, 0.6f, 1000)[0], 1e-6);
    var shared = new ProbabilityFlow(1e-3, 1e-3, ErrorNorm.BATCH, 0, false);
    float together = data.run(shared, 0.6f, 1000)[0];
    assertTrue(Math.abs(data.run(shared, 0.6f)[0] - together) > 1e-5, "found " + together);
  }

  @Test
  void everyFaultIsTold() {
    var exception =
        assertThrows(
            InvalidValueException.class,
            () -> new ProbabilityFlow(0, -1, ErrorNorm.BATCH, 0.3, true));
    assertEquals(3, exception.faults().size());
  }
}

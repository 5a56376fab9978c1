package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sde.VarianceExploding;
import org.score4j.testkit.SamplerContract;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;

class GradientAscentTest {

  @Nested
  class KeepsTheContractButForTheDistribution implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new GradientAscent(20, 1e-3, Optional.empty());
    }

    @Override
    public Sde sde() {
      return new VarianceExploding();
    }

    @Override
    public double tolerance() {
      return 0;
    }

    @Override
    public boolean drawsTheData() {
      return false;
    }
  }

  @Test
  void stepsClimbAtTheGivenTime() {
    Sde sde = new VarianceExploding();
    Moments marginal = Moments.marginal(0.5, 0.3, sde.level(0.5));
    Moments expected = Moments.prior(sde);
    for (int i = 0; i < 5; i++) {
      expected = expected.step(1, 0.1, marginal, 0);
    }
    var sampler = new GradientAscent(5, 0.1, Optional.of(0.5));
    expected.assertMatch(Moments.drawn(sampler, sde, 0.5, 0.3));
  }

  /** Of modes at -1 and 1, far apart for their width, all that is left are the two points. */
  @Test
  void everySampleEndsAtAMode() {
    var sampler = new GradientAscent(200, 0.01, Optional.empty());
    try (var program =
        new SamplingProgram(
            new VarianceExploding(),
            new TwoModes(-1, 1, 0.3, 0.2),
            sampler,
            Shape.of(1),
            4,
            0,
            Precision.FLOAT32)) {
      float[] x = {-30, -0.4f, 0.5f, 2};
      float[] modes = {-1, -1, 1, 1};
      float[] ends = program.drawFrom(x, 0, 0, n -> 0, Progress.NONE);
      for (int i = 0; i < 4; i++) {
        assertEquals(modes[i], ends[i], 1e-5f);
      }
    }
  }

  @Test
  void aTimeOutsideOfTheProcessIsRefused() {
    var sampler = new GradientAscent(1, 1, Optional.of(2.0));
    assertThrows(InvalidValueException.class, () -> sampler.check(new VarianceExploding()));
  }

  @Test
  void bothFaultsAreTold() {
    var exception =
        assertThrows(InvalidValueException.class, () -> new GradientAscent(0, 0, Optional.empty()));
    assertEquals(2, exception.faults().size());
  }
}

package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.Corrector;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Predictor;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.SamplerContract;

class PredictorCorrectorTest {

  /**
   * Langevin dynamics at ratio snr widens a Gaussian's variance by snr^2 = 2.56%; the predictor
   * leaves as little as 2.1% or as much as 2.6% of it.
   */
  private static final double LANGEVIN_BIAS = 0.03;

  @Nested
  class ReversesVe implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new PredictorCorrector();
    }

    @Override
    public Sde sde() {
      return new VarianceExploding();
    }

    @Override
    public double tolerance() {
      return LANGEVIN_BIAS;
    }

    @Override
    public boolean treatsSamplesSeparately() {
      return false;
    }
  }

  @Nested
  class ReversesSubVp implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new PredictorCorrector();
    }

    @Override
    public Sde sde() {
      return new SubVariancePreserving();
    }

    @Override
    public double tolerance() {
      return LANGEVIN_BIAS;
    }

    @Override
    public boolean treatsSamplesSeparately() {
      return false;
    }
  }

  @Nested
  class ReversesVp implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new PredictorCorrector();
    }

    @Override
    public Sde sde() {
      return new VariancePreserving();
    }

    @Override
    public double tolerance() {
      return LANGEVIN_BIAS;
    }

    @Override
    public boolean treatsSamplesSeparately() {
      return false;
    }
  }

  @Test
  void correctsThenPredictsAtEachTimeAndLeavesOutTheLastNoiseOnly() {
    List<String> calls = new ArrayList<>();
    Predictor predictor =
        graph -> (t, s, last) -> calls.add("predict " + t + " to " + s + (last ? ", last" : ""));
    Corrector corrector = graph -> (t, s) -> calls.add("correct " + t + " before " + s);
    TimeGrid grid = (sde, steps) -> new double[] {1, 0.25, 0.125, 0.0625};
    Moments.drawn(
        new PredictorCorrector(3, predictor, corrector, grid), new VariancePreserving(), 0, 1);
    assertEquals(
        List.of(
            "correct 1.0 before 0.25",
            "predict 1.0 to 0.25",
            "correct 0.25 before 0.125",
            "predict 0.25 to 0.125",
            "correct 0.125 before 0.0625",
            "predict 0.125 to 0.0625, last"),
        calls);
  }

  @Test
  void withoutPredictorAndCorrectorThePriorIsLeft() {
    Sde sde = new VarianceExploding();
    var idle = new PredictorCorrector(5, new NoPredictor(), new NoCorrector(), new UniformGrid());
    Moments.prior(sde).assertMatch(Moments.drawn(idle, sde, 0, 1));
  }

  @Test
  void stepsMustBePositive() {
    assertThrows(
        InvalidValueException.class,
        () ->
            new PredictorCorrector(
                0, new ReverseDiffusion(), new NoCorrector(), new UniformGrid()));
  }
}

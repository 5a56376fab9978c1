package com.example.midpoint;

import org.junit.jupiter.api.Nested;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.ConvergenceContract;
import org.score4j.testkit.SamplerContract;

class MidpointTest {

  @Nested
  class DrawsTheData implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new Midpoint(100);
    }

    @Override
    public Sde sde() {
      return new VariancePreserving();
    }

    @Override
    public double tolerance() {
      return 2e-3;
    }
  }

  @Nested
  class ConvergesAtOrderTwo implements ConvergenceContract {
    @Override
    public Sampler sampler(int steps) {
      return new Midpoint(steps);
    }

    @Override
    public Sde sde() {
      return new VarianceExploding();
    }

    @Override
    public double order() {
      return 2;
    }
  }
}

package org.score4j.loss;

import org.junit.jupiter.api.Nested;
import org.score4j.api.Loss;
import org.score4j.api.Sde;
import org.score4j.sde.Ddpm;
import org.score4j.sde.Edm;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.LossContract;

/** Every loss under the contract of all. */
class LossContractsTest {
  private static final Sde VE = new VarianceExploding(0.1, 4, 1e-3);

  @Nested
  class DenoisingScoreMatchingIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return new DenoisingScoreMatching();
    }

    @Override
    public Sde sde() {
      return new VariancePreserving();
    }
  }

  @Nested
  class TheLossOfEdmIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return DenoisingScoreMatchingPreset.EDM.get();
    }

    @Override
    public Sde sde() {
      return new Edm();
    }
  }

  @Nested
  class TheLossOfMaximumLikelihoodIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return DenoisingScoreMatchingPreset.LIKELIHOOD.get();
    }

    @Override
    public Sde sde() {
      return VE;
    }
  }

  @Nested
  class ImplicitScoreMatchingIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return new ImplicitScoreMatching();
    }

    @Override
    public Sde sde() {
      return VE;
    }
  }

  @Nested
  class SlicedScoreMatchingIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return new SlicedScoreMatching(
          2, Projection.GAUSSIAN, false, new SigmaSquaredWeight(), new UniformTimes());
    }

    @Override
    public Sde sde() {
      return VE;
    }
  }

  @Nested
  class LearnedVarianceIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return new LearnedVariance(10, 0.02, 0);
    }

    @Override
    public Sde sde() {
      return new Ddpm();
    }
  }

  @Nested
  class CrossEntropyIsALoss implements LossContract {
    @Override
    public Loss loss() {
      return new CrossEntropy();
    }

    @Override
    public Sde sde() {
      return new VariancePreserving();
    }
  }
}

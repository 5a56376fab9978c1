package org.score4j.sampler;

import java.util.List;
import org.score4j.api.Sde;
import org.score4j.sde.BetaSchedule;
import org.score4j.sde.Cosine;
import org.score4j.sde.Ddpm;
import org.score4j.sde.Edm;
import org.score4j.sde.OrnsteinUhlenbeck;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.TimeGridContract;

/** The contract of a grid, tried with every process. */
interface EverySde extends TimeGridContract {
  @Override
  default List<Sde> sdes() {
    return List.of(
        new VarianceExploding(),
        new VariancePreserving(),
        new SubVariancePreserving(),
        new Edm(),
        new Cosine(),
        new Ddpm(),
        new Ddpm(BetaSchedule.COSINE, 1000, 1e-4, 2e-2),
        new OrnsteinUhlenbeck());
  }
}

package org.score4j.loss;

import java.util.function.Supplier;
import org.score4j.api.LossWeight;
import org.score4j.api.TimeDistribution;

/** The objectives of the literature that differ in weight, times and reduction alone. */
public enum DenoisingScoreMatchingPreset implements Supplier<DenoisingScoreMatching> {
  /** One noise level, that of the process's start: |s + z / sigma|^2 / 2 (Vincent 2011, eq. 9). */
  VINCENT(new ScoreWeight(), new SingleLevel(), Reduction.SUM),

  /** A ladder of ten levels: |sigma s + z|^2 / 2 (Song and Ermon 2019, eq. 5 and 6). */
  NCSN(new SigmaSquaredWeight(), new GeometricLevels(), Reduction.SUM),

  /** |eps - z|^2 at a thousand steps (Ho et al. 2020, eq. 14). */
  DDPM(new SigmaSquaredWeight(), new DiscreteTimes(), Reduction.MEAN),

  /** |sigma s + z|^2 at continuous times (Song et al. 2021, eq. 7). */
  SCORE_SDE(new SigmaSquaredWeight(), new UniformTimes(), Reduction.MEAN),

  /** g^2 |s + z / sigma|^2 / 2, times by importance (Song et al. 2021, maximum likelihood). */
  LIKELIHOOD(new LikelihoodWeight(), new ImportanceTimes(), Reduction.SUM),

  /** |v_theta - v|^2 at uniform times (Salimans and Ho 2022). */
  VELOCITY(new VelocityWeight(), new UniformTimes(), Reduction.MEAN),

  /**
   * |D - x_0|^2 weighted for the network inside {@code edm-preconditioned} (Karras et al. 2022).
   */
  EDM(new EdmWeight(), new LogNormalTimes(), Reduction.MEAN),

  /** min(SNR, 5) |D - x_0|^2 at a thousand steps (Hang et al. 2023). */
  MIN_SNR(new MinSnrWeight(), new DiscreteTimes(), Reduction.MEAN),

  /** The smooth form of that (Crowson et al. 2024). */
  SOFT_MIN_SNR(new SoftMinSnrWeight(), new LogUniformTimes(), Reduction.MEAN);

  private final DenoisingScoreMatching loss;

  DenoisingScoreMatchingPreset(LossWeight weight, TimeDistribution times, Reduction reduction) {
    loss = new DenoisingScoreMatching(weight, times, reduction);
  }

  @Override
  public DenoisingScoreMatching get() {
    return loss;
  }
}

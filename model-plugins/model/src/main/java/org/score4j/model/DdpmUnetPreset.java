package org.score4j.model;

import java.util.List;
import java.util.function.Supplier;
import org.score4j.api.Prediction;

/**
 * The published configurations of DDPM's U-Net (Ho et al. 2020, appendix B, and the configs of
 * score_sde).
 */
public enum DdpmUnetPreset implements Supplier<DdpmUnet> {
  /** vp/ddpm/cifar10: trained on 1000 steps. */
  CIFAR10(List.of(1, 2, 2, 2), 0.1, NoiseLabel.STEP),

  /** The network of Ho et al. 2020 itself: attention after every block on the way up. */
  CIFAR10_ORIGINAL(List.of(1, 2, 2, 2), true, 0.1, NoiseLabel.STEP),

  /** vp/ddpm/cifar10_continuous, and subvp/cifar10_ddpm_continuous. */
  CIFAR10_CONTINUOUS(List.of(1, 2, 2, 2), 0.1, NoiseLabel.TIME),

  /** ve/cifar10_ddpm: trained on 1000 levels of exploding variance. */
  CIFAR10_VE(List.of(1, 2, 2, 2), 0.1, NoiseLabel.LEVEL),

  /** vp/ddpm/bedroom and vp/ddpm/church. */
  LSUN_256(List.of(1, 1, 2, 2, 4, 4), 0, NoiseLabel.STEP),

  /** vp/ddpm/celebahq. */
  CELEBAHQ_256(List.of(1, 1, 2, 2, 4, 4), 0, NoiseLabel.STEP),

  /** The network of Ho et al. 2020 for LSUN and CelebA-HQ. */
  ORIGINAL_256(List.of(1, 1, 2, 2, 4, 4), true, 0, NoiseLabel.STEP);

  private final DdpmUnet network;

  DdpmUnetPreset(List<Integer> multipliers, double dropout, NoiseLabel label) {
    this(multipliers, false, dropout, label);
  }

  DdpmUnetPreset(
      List<Integer> multipliers,
      boolean attentionAfterEveryBlock,
      double dropout,
      NoiseLabel label) {
    boolean explodes = label == NoiseLabel.LEVEL;
    network =
        new DdpmUnet(
            128,
            multipliers,
            2,
            List.of(16),
            attentionAfterEveryBlock,
            dropout,
            Activation.SWISH,
            4,
            true,
            label,
            0.01,
            50,
            1000,
            explodes,
            !explodes,
            0,
            explodes ? Prediction.SCORE : Prediction.NOISE);
  }

  @Override
  public DdpmUnet get() {
    return network;
  }
}

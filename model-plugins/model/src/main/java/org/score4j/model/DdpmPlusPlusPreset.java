package org.score4j.model;

import java.util.List;
import java.util.function.Supplier;

/** The published configurations of DDPM++ (Song et al. 2021, and the configs of score_sde). */
public enum DdpmPlusPlusPreset implements Supplier<DdpmPlusPlus> {
  /** vp/cifar10_ddpmpp: trained on the 1000 steps of DDPM. */
  CIFAR10(4, NoiseLabel.STEP),

  /** vp/cifar10_ddpmpp_continuous and subvp/cifar10_ddpmpp_continuous. */
  CIFAR10_CONTINUOUS(4, NoiseLabel.TIME),

  /** vp/cifar10_ddpmpp_deep_continuous and subvp/cifar10_ddpmpp_deep_continuous. */
  CIFAR10_DEEP_CONTINUOUS(8, NoiseLabel.TIME);

  private final DdpmPlusPlus network;

  DdpmPlusPlusPreset(int blocks, NoiseLabel label) {
    network =
        new DdpmPlusPlus(
            128, List.of(1, 2, 2, 2), blocks, List.of(16), 0.1, Activation.SWISH, label, 0);
  }

  @Override
  public DdpmPlusPlus get() {
    return network;
  }
}

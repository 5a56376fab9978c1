package org.score4j.model;

import java.util.List;
import java.util.function.Supplier;
import org.score4j.api.Prediction;

/**
 * The published configurations of NCSN++ (Song et al. 2021, appendix H, and the configs of
 * score_sde). Images have 3 channels; the sub-VP networks are those of VP.
 */
public enum NcsnPlusPlusPreset implements Supplier<NcsnPlusPlus> {
  /** ve/cifar10_ncsnpp: 32 px, trained on 1000 levels. */
  CIFAR10(4, Noise.LEVELS, 50),

  /** ve/cifar10_ncsnpp_continuous. */
  CIFAR10_CONTINUOUS(4, Noise.SIGMA, 50),

  /** ve/cifar10_ncsnpp_deep_continuous. */
  CIFAR10_DEEP_CONTINUOUS(8, Noise.SIGMA, 50),

  /** vp/cifar10_ncsnpp: trained on the 1000 steps of DDPM. */
  CIFAR10_VP(4, Noise.STEPS, 50),

  /** vp/cifar10_ncsnpp_continuous and subvp/cifar10_ncsnpp_continuous. */
  CIFAR10_VP_CONTINUOUS(4, Noise.TIME, 50),

  /** vp/cifar10_ncsnpp_deep_continuous and subvp/cifar10_ncsnpp_deep_continuous. */
  CIFAR10_VP_DEEP_CONTINUOUS(8, Noise.TIME, 50),

  /** ve/celeba_ncsnpp: 64 px, trained on 1000 levels. */
  CELEBA(4, Noise.LEVELS, 90),

  /** ve/bedroom_ncsnpp_continuous and ve/church_ncsnpp_continuous. */
  LSUN_256(128, List.of(1, 1, 2, 2, 2, 2, 2), 2, 378),

  /** ve/celebahq_256_ncsnpp_continuous. */
  CELEBAHQ_256(128, List.of(1, 1, 2, 2, 2, 2, 2), 2, 348),

  /** ve/ffhq_256_ncsnpp_continuous. */
  FFHQ_256(128, List.of(1, 1, 2, 2, 2, 2, 2), 2, 348),

  /** ve/celebahq_ncsnpp_continuous. */
  CELEBAHQ_1024(16, List.of(1, 2, 4, 8, 16, 32, 32, 32), 1, 1348),

  /** ve/ffhq_1024_ncsnpp_continuous. */
  FFHQ_1024(16, List.of(1, 2, 4, 8, 16, 32, 32, 32), 1, 1348);

  /** What a network is told of the noise, and what it tells. */
  private enum Noise {
    SIGMA(LabelEncoding.FOURIER, NoiseLabel.SIGMA),
    LEVELS(LabelEncoding.POSITIONAL, NoiseLabel.LEVEL),
    TIME(LabelEncoding.POSITIONAL, NoiseLabel.TIME),
    STEPS(LabelEncoding.POSITIONAL, NoiseLabel.STEP);

    private final LabelEncoding embedding;
    private final NoiseLabel label;

    Noise(LabelEncoding embedding, NoiseLabel label) {
      this.embedding = embedding;
      this.label = label;
    }

    boolean explodes() {
      return this == SIGMA || this == LEVELS;
    }
  }

  private final NcsnPlusPlus network;

  NcsnPlusPlusPreset(int blocks, Noise noise, double sigmaMax) {
    this(
        128,
        List.of(1, 2, 2, 2),
        blocks,
        0.1,
        ProgressiveOutput.NONE,
        ProgressiveInput.RESIDUAL,
        noise,
        sigmaMax,
        1000);
  }

  NcsnPlusPlusPreset(int channels, List<Integer> multipliers, int blocks, double sigmaMax) {
    this(
        channels,
        multipliers,
        blocks,
        0,
        ProgressiveOutput.OUTPUT_SKIP,
        ProgressiveInput.INPUT_SKIP,
        Noise.SIGMA,
        sigmaMax,
        2000);
  }

  NcsnPlusPlusPreset(
      int channels,
      List<Integer> multipliers,
      int blocks,
      double dropout,
      ProgressiveOutput progressive,
      ProgressiveInput progressiveInput,
      Noise noise,
      double sigmaMax,
      int levels) {
    network =
        new NcsnPlusPlus(
            channels,
            multipliers,
            blocks,
            List.of(16),
            dropout,
            Activation.SWISH,
            BlockType.BIGGAN,
            true,
            List.of(1.0, 3.0, 3.0, 1.0),
            true,
            progressive,
            progressiveInput,
            ProgressiveCombine.SUM,
            noise.embedding,
            16,
            noise.label,
            0.01,
            sigmaMax,
            levels,
            noise.explodes(),
            !noise.explodes(),
            0,
            noise.explodes() ? Prediction.SCORE : Prediction.NOISE);
  }

  @Override
  public NcsnPlusPlus get() {
    return network;
  }
}

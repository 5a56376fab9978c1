package org.score4j.model;

import java.util.List;
import java.util.function.Supplier;

/**
 * The published networks (Song and Ermon 2020, appendix B), by the names they have in score_sde;
 * pixels in [0, 1].
 */
public enum NcsnV2Preset implements Supplier<NcsnV2> {
  /** NCSNv2, four stages, for images below 96 pixels: CIFAR-10 and CelebA. */
  NCSNV2_64(1, 2, 2, 2),

  /** NCSNv2Deeper, five stages, up to 128 pixels: LSUN. */
  NCSNV2_128(1, 2, 2, 4, 4),

  /** NCSNv2Deepest, six stages, up to 256 pixels: FFHQ. */
  NCSNV2_256(1, 2, 2, 2, 4, 4);

  private final NcsnV2 network;

  NcsnV2Preset(Integer... multipliers) {
    network = new NcsnV2(128, List.of(multipliers), Activation.ELU, false);
  }

  @Override
  public NcsnV2 get() {
    return network;
  }
}

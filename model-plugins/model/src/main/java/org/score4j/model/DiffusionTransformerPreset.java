package org.score4j.model;

import java.util.function.Supplier;
import org.score4j.api.Prediction;

/**
 * The configurations of DiT (Peebles and Xie 2023, table 1) by size and patch, without the 1000
 * classes and the learned variance of the published networks.
 */
public enum DiffusionTransformerPreset implements Supplier<DiffusionTransformer> {
  /** DiT-S/2. */
  S_2(384, 12, 6, 2),
  /** DiT-S/4. */
  S_4(384, 12, 6, 4),
  /** DiT-S/8. */
  S_8(384, 12, 6, 8),
  /** DiT-B/2. */
  B_2(768, 12, 12, 2),
  /** DiT-B/4. */
  B_4(768, 12, 12, 4),
  /** DiT-B/8. */
  B_8(768, 12, 12, 8),
  /** DiT-L/2. */
  L_2(1024, 24, 16, 2),
  /** DiT-L/4. */
  L_4(1024, 24, 16, 4),
  /** DiT-L/8. */
  L_8(1024, 24, 16, 8),
  /** DiT-XL/2. */
  XL_2(1152, 28, 16, 2),
  /** DiT-XL/4. */
  XL_4(1152, 28, 16, 4),
  /** DiT-XL/8. */
  XL_8(1152, 28, 16, 8);

  private final DiffusionTransformer network;

  DiffusionTransformerPreset(int width, int blocks, int heads, int patch) {
    network =
        new DiffusionTransformer(
            patch, width, blocks, heads, NoiseLabel.STEP, 0, Prediction.NOISE, false);
  }

  @Override
  public DiffusionTransformer get() {
    return network;
  }
}

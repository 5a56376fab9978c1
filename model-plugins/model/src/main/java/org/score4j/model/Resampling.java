package org.score4j.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Doubling and halving of images [B, H, W, C]; H and W are even where they are halved. */
interface Resampling {

  /** [B, 2 H, 2 W, C]. */
  Operand<TFloat32> up(Ops tf, Operand<TFloat32> x);

  /** [B, H / 2, W / 2, C]. */
  Operand<TFloat32> down(Ops tf, Operand<TFloat32> x);
}

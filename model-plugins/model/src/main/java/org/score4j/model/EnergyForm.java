package org.score4j.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How a network's predicted noise e(x) becomes the {@link Energy} of x. */
public enum EnergyForm {
  /**
   * E = x . e(x) / (2 sigma) = -x . s(x) / 2, s being the network's score (Du et al. 2023; Guth et
   * al. 2025). For Gaussian data a network that is right about the noise is right about the energy.
   */
  INNER_PRODUCT {
    @Override
    Operand<TFloat32> density(
        Ops tf, Operand<TFloat32> x, Operand<TFloat32> noise, Operand<TFloat32> sigma) {
      return tf.math.div(tf.math.mul(x, noise), tf.math.mul(sigma, tf.constant(2f)));
    }
  },

  /** E = |e(x)|^2 / 2 = |x - alpha D(x)|^2 / (2 sigma^2), D the denoiser (Salimans and Ho 2021). */
  SQUARED_ERROR {
    @Override
    Operand<TFloat32> density(
        Ops tf, Operand<TFloat32> x, Operand<TFloat32> noise, Operand<TFloat32> sigma) {
      return tf.math.mul(tf.math.square(noise), tf.constant(0.5f));
    }
  };

  /** What the energy is the sum of, of the shape of x [B, ...]. */
  abstract Operand<TFloat32> density(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> noise, Operand<TFloat32> sigma);
}

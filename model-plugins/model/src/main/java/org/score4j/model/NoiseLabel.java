package org.score4j.model;

import org.score4j.api.LevelTensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * The number by which a network knows a noise level. Numbers are float64 until they are sinusoids:
 * the fastest of these turn by 100 radians between neighbouring levels.
 */
public enum NoiseLabel {
  /**
   * 999 t, for processes with time from 0 to 1: the variance-preserving ones of Song et al. 2021.
   */
  TIME {
    @Override
    Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder) {
      return tf.math.mul(wide(tf, level.t()), tf.constant(999.0));
    }
  },

  /** t - 1, for processes whose time counts steps from 1 (Ho et al. 2020). */
  STEP {
    @Override
    Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder) {
      return tf.math.sub(wide(tf, level.t()), tf.constant(1.0));
    }
  },

  /** sigma itself, for variance-exploding processes. */
  SIGMA {
    @Override
    Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder) {
      return wide(tf, level.sigma());
    }
  },

  /**
   * 999 (ln(sigma / alpha) - ln 0.002) / (ln 80 - ln 0.002), for any process: EDM's c_noise (Karras
   * et al. 2022, table 1), mapped so that the levels EDM samples from have labels from 0 to 999,
   * the range positional encodings were designed for.
   */
  LOG_SNR {
    @Override
    Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder) {
      var sigma = tf.math.maximum(wide(tf, level.sigma()), tf.constant(VANISHING));
      var ratio = tf.math.sub(tf.math.log(sigma), tf.math.log(wide(tf, level.alpha())));
      double slope = 999 / Math.log(EDM_SIGMA_MAX / EDM_SIGMA_MIN);
      return tf.math.mul(
          tf.math.sub(ratio, tf.constant(Math.log(EDM_SIGMA_MIN))), tf.constant(slope));
    }
  },

  /**
   * The number of the nearest of {@code levels} geometric levels, 0 being the noisiest: for
   * networks that were trained on these levels alone (Song and Ermon 2019).
   */
  LEVEL {
    @Override
    Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder) {
      return tf.dtypes.cast(ladder.nearest(tf, level.sigma()), TFloat64.class);
    }

    @Override
    Operand<TFloat32> sigma(Ops tf, LevelTensors level, NoiseLadder ladder) {
      double rung =
          Math.log(ladder.sigmaMin() / ladder.sigmaMax()) / Math.max(1, ladder.levels() - 1);
      var exponent = tf.math.mul(of(tf, level, ladder), tf.constant(rung));
      var sigma = tf.math.mul(tf.math.exp(exponent), tf.constant(ladder.sigmaMax()));
      return tf.dtypes.cast(sigma, TFloat32.class);
    }
  };

  private static final double EDM_SIGMA_MIN = 0.002;
  private static final double EDM_SIGMA_MAX = 80;
  private static final double VANISHING = 1e-30;

  /** The label of each example, [B] or [1]. */
  abstract Operand<TFloat64> of(Ops tf, LevelTensors level, NoiseLadder ladder);

  /** The standard deviation of the noise that the label stands for, [B] or [1]. */
  Operand<TFloat32> sigma(Ops tf, LevelTensors level, NoiseLadder ladder) {
    return level.sigma();
  }

  private static Operand<TFloat64> wide(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }
}

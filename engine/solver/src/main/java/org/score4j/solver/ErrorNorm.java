package org.score4j.solver;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Over what the error of an adaptive method's step is averaged: root mean square. */
public enum ErrorNorm {
  /**
   * Over each sample by itself: every sample has its own steps, whatever it is drawn with. In a few
   * dimensions an estimate may vanish by accident and let a step pass that is far too long.
   */
  PER_SAMPLE {
    @Override
    public double[] of(double[] meanSquares) {
      return Arrays.stream(meanSquares).map(Math::sqrt).toArray();
    }
  },

  /** Over the whole batch, which then advances in the same steps. */
  BATCH {
    @Override
    public double[] of(double[] meanSquares) {
      double norm = Math.sqrt(Arrays.stream(meanSquares).average().orElseThrow());
      double[] norms = new double[meanSquares.length];
      Arrays.fill(norms, norm);
      return norms;
    }
  };

  /** The norm that holds for each sample, of the mean squares of all. */
  public abstract double[] of(double[] meanSquares);

  /** Mean square of each sample: [B, ...] to [B]. */
  public static Operand<TFloat32> meanSquare(Ops tf, Operand<TFloat32> x) {
    int[] axes = IntStream.range(1, x.shape().numDimensions()).toArray();
    return tf.math.mean(tf.math.square(x), tf.constant(axes));
  }
}

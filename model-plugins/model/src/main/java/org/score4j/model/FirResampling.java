package org.score4j.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Anti-aliased resampling (Zhang 2019; Karras et al. 2019): a {@link FirFilter} with the taps'
 * outer product, normalised to sum 1, and times 4 on the way up, where three of four pixels it sees
 * are zeros.
 *
 * @param taps proportional to the impulse response along one axis, such as 1, 3, 3, 1
 */
record FirResampling(List<Double> taps) implements Resampling {

  @Override
  public Operand<TFloat32> up(Ops tf, Operand<TFloat32> x) {
    int margin = taps.size() - 2;
    return new FirFilter(normalised(2), 2, 1, (margin + 1) / 2 + 1, margin / 2).apply(tf, x);
  }

  @Override
  public Operand<TFloat32> down(Ops tf, Operand<TFloat32> x) {
    int margin = taps.size() - 2;
    return new FirFilter(normalised(1), 1, 2, (margin + 1) / 2, margin / 2).apply(tf, x);
  }

  /**
   * The input of a 3 x 3 convolution of stride 2, without padding, that halves x: filtered, [B, H +
   * 1, W + 1, C].
   */
  Operand<TFloat32> beforeHalving(Ops tf, Operand<TFloat32> x) {
    int margin = taps.size();
    return new FirFilter(normalised(1), 1, 1, (margin + 1) / 2, margin / 2).apply(tf, x);
  }

  /**
   * The input of a 3 x 3 convolution, without padding, that doubles x: filtered, [B, 2 H + 2, 2 W +
   * 2, C].
   */
  Operand<TFloat32> beforeDoubling(Ops tf, Operand<TFloat32> x) {
    int before = Math.floorDiv(taps.size() - 3, 2) + 3;
    return new FirFilter(normalised(2), 2, 1, before, taps.size() + 1 - before).apply(tf, x);
  }

  private List<Double> normalised(double gain) {
    double sum = taps.stream().mapToDouble(Double::doubleValue).sum();
    return taps.stream().map(tap -> gain * tap / sum).toList();
  }
}

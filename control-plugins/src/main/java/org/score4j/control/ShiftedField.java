package org.score4j.control;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.LevelTensors;
import org.score4j.api.Network;
import org.score4j.api.ScoreField;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A field with something added to its score, {@code score + g}: noise is lower by {@code sigma g},
 * the denoised data higher by {@code sigma^2 g / alpha}.
 *
 * <p>Where g is zero, so is the change of all three: nothing is lost to rounding.
 */
final class ShiftedField implements ScoreField {
  private final Ops tf;
  private final ScoreField field;
  private final Network shift;
  private final Map<Output<TFloat32>, Map<LevelTensors, Operand<TFloat32>>> shifts =
      new HashMap<>();

  /**
   * Adds to a field.
   *
   * @param shift g, made once for each pair of {@code x} and level
   */
  ShiftedField(Ops tf, ScoreField field, Network shift) {
    this.tf = tf;
    this.field = field;
    this.shift = shift;
  }

  private Operand<TFloat32> g(Operand<TFloat32> x, LevelTensors level) {
    return shifts
        .computeIfAbsent(x.asOutput(), unused -> new IdentityHashMap<>())
        .computeIfAbsent(level, unused -> shift.apply(x, level));
  }

  @Override
  public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
    return Term.of(tf, field.score(x, level)).plus(g(x, level));
  }

  @Override
  public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
    var sigma = LevelTensors.align(tf, level.sigma(), x);
    return Term.of(tf, field.noise(x, level)).minus(sigma.times(g(x, level)));
  }

  @Override
  public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
    var factor = Term.of(tf, level.sigma()).squared().over(level.alpha());
    var change = factor.along(x).times(g(x, level));
    return Term.of(tf, field.denoised(x, level)).plus(change);
  }

  /** Unchanged: guidance moves the mean of a reverse step (Dhariwal and Nichol 2021, eq. 10). */
  @Override
  public Optional<Operand<TFloat32>> varianceInterpolation(
      Operand<TFloat32> x, LevelTensors level) {
    return field.varianceInterpolation(x, level);
  }
}

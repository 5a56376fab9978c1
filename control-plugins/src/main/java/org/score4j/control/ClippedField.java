package org.score4j.control;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Clip;
import org.score4j.api.LevelTensors;
import org.score4j.api.ScoreField;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A field whose denoised data D are clipped to D', with the score and the noise that belong to D':
 *
 * <pre>
 *   score' = score + alpha / sigma^2 (D' - D) = (alpha D' - x) / sigma^2,
 *   noise' = noise - alpha / sigma (D' - D)   = (x - alpha D') / sigma.
 * </pre>
 *
 * <p>Where nothing is clipped all three keep every bit.
 */
final class ClippedField implements ScoreField {
  private final Ops tf;
  private final ScoreField field;
  private final Clip clip;
  private final Map<Operand<TFloat32>, Map<LevelTensors, Operand<TFloat32>>> clipped =
      new IdentityHashMap<>();

  ClippedField(Ops tf, ScoreField field, Clip clip) {
    this.tf = tf;
    this.field = field;
    this.clip = clip;
  }

  @Override
  public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
    return clipped
        .computeIfAbsent(x, unused -> new IdentityHashMap<>())
        .computeIfAbsent(level, unused -> clip.apply(tf, field.denoised(x, level)));
  }

  @Override
  public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
    var factor = tf.math.div(level.alpha(), tf.math.square(level.sigma()));
    return tf.math.add(field.score(x, level), change(factor, x, level));
  }

  @Override
  public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
    var factor = tf.math.div(level.alpha(), level.sigma());
    return tf.math.sub(field.noise(x, level), change(factor, x, level));
  }

  private Operand<TFloat32> change(
      Operand<TFloat32> factor, Operand<TFloat32> x, LevelTensors level) {
    var excess = tf.math.sub(denoised(x, level), field.denoised(x, level));
    return tf.math.mul(LevelTensors.align(tf, factor, x), excess);
  }

  @Override
  public Optional<Operand<TFloat32>> varianceInterpolation(
      Operand<TFloat32> x, LevelTensors level) {
    return field.varianceInterpolation(x, level);
  }
}

package org.score4j.control;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Clip;
import org.score4j.api.LevelTensors;
import org.score4j.api.ScoreField;
import org.score4j.api.Term;
import org.tensorflow.Operand;
import org.tensorflow.Output;
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
  private final Map<Output<TFloat32>, Map<LevelTensors, Term>> clipped = new HashMap<>();

  ClippedField(Ops tf, ScoreField field, Clip clip) {
    this.tf = tf;
    this.field = field;
    this.clip = clip;
  }

  @Override
  public Term denoised(Operand<TFloat32> x, LevelTensors level) {
    return clipped
        .computeIfAbsent(x.asOutput(), unused -> new IdentityHashMap<>())
        .computeIfAbsent(level, unused -> clip.apply(tf, field.denoised(x, level)));
  }

  @Override
  public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
    var sigma = Term.of(tf, level.sigma());
    var factor = Term.of(tf, level.alpha()).over(sigma.squared());
    return Term.of(tf, field.score(x, level)).plus(change(factor, x, level));
  }

  @Override
  public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
    var factor = Term.of(tf, level.alpha()).over(level.sigma());
    return Term.of(tf, field.noise(x, level)).minus(change(factor, x, level));
  }

  private Term change(Term factor, Operand<TFloat32> x, LevelTensors level) {
    var excess = denoised(x, level).minus(field.denoised(x, level));
    return factor.along(x).times(excess);
  }

  @Override
  public Optional<Operand<TFloat32>> varianceInterpolation(
      Operand<TFloat32> x, LevelTensors level) {
    return field.varianceInterpolation(x, level);
  }
}

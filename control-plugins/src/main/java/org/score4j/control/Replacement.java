package org.score4j.control;

import java.util.List;
import java.util.OptionalInt;
import org.score4j.api.ControlGraph;
import org.score4j.api.KnownImages;
import org.score4j.api.LevelTensors;
import org.score4j.api.LinearOperator;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.ScoreField;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Draws x_0 of which y = A x_0 is known, by replacement (Song et al. 2021, appendix I; for any A as
 * in Wang et al. 2023, "Zero-shot image restoration using denoising diffusion null-space model",
 * eq. 13). With P = A^+ A and the model's denoised data D,
 *
 * <pre>
 *   score'   = score + alpha / sigma^2 (A^+ y - P D),    that is    D' = D + A^+ y - P D,
 *   samples' = x - P x + A^+ y.
 * </pre>
 *
 * <p>The unknown part sees the noised known part through the model. It is not told what the known
 * part will become with less noise, so samples are somewhat too varied; correctors and the
 * resampling of {@code repaint} help.
 *
 * @param images of which something is known
 * @param operator A
 * @param known how the known part gets its noise
 */
@PluginName("replacement")
public record Replacement(@Required Images images, @Required LinearOperator operator, Known known)
    implements KnownImages {

  /** The mask's half of example 0. */
  public Replacement() {
    this(new Images(List.of(0L)), new Mask(), Known.PATH);
  }

  private Observation observation() {
    return new Observation(operator, images);
  }

  @Override
  public OptionalInt imageClass(long sample, Labels labels) {
    return images.imageClass(sample, labels);
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    return switch (known) {
      case PATH -> observation().replaced(graph);
      case RENEWED -> graph.field();
    };
  }

  @Override
  public Operand<TFloat32> state(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
    return switch (known) {
      case PATH -> x;
      case RENEWED -> observation().renewed(graph, x, level);
    };
  }

  @Override
  public Operand<TFloat32> samples(ControlGraph graph, Operand<TFloat32> x) {
    return observation().imposed(graph, x);
  }
}

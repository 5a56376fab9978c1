package org.score4j.control;

import org.score4j.api.Clip;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.PluginName;
import org.score4j.api.ScoreField;

/**
 * Clips the denoised data to their range at every evaluation (Ho et al. 2020, the published code;
 * diffusers, {@code clip_sample}):
 *
 * <pre>
 *   D' = min(max(D, low), high),   score' = (alpha D' - x) / sigma^2.
 * </pre>
 *
 * <p>Every sampler sees the score and the noise that belong to the clipped data. It clips what the
 * controls before it in the list make, so it belongs after guidance. {@code ddpm} and {@code ddim}
 * have a key {@code clip} of their own; that of {@code ddim} keeps the unclipped noise as
 * published.
 *
 * @param low the least value of the data, as the model sees them
 * @param high the largest value of the data, above low
 */
@PluginName("clip-denoised")
public record ClipDenoised(double low, double high) implements Control {

  /** To [-1, 1], as images are. */
  public ClipDenoised() {
    this(-1, 1);
  }

  /** Checks the components. */
  public ClipDenoised {
    new Clip(low, high);
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    return new ClippedField(graph.tf(), graph.field(), new Clip(low, high));
  }
}

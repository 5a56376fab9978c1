package org.score4j.control;

import org.score4j.api.Clip;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.PluginName;
import org.score4j.api.ScoreField;

/**
 * Clips the denoised data of each sample to a quantile of their magnitudes and scales them back to
 * the range of the data (Saharia et al. 2022, "Photorealistic text-to-image diffusion models with
 * deep language understanding", section 2.3), for a range of center c and half-width w:
 *
 * <pre>
 *   s = min(max(1, q(|D - c| / w)), maxThreshold),
 *   D' = c + min(max(D - c, -s w), s w) / s,   score' = (alpha D' - x) / sigma^2.
 * </pre>
 *
 * <p>Keeps strong guidance from saturating; meant for data with a range, such as pixels. It clips
 * what the controls before it in the list make, so it belongs after guidance. The threshold s
 * counts as a constant in gradients.
 *
 * @param low the least value of the data, as the model sees them
 * @param high the largest value of the data, above low
 * @param quantile q, from 0 to 1; linear between numbers
 * @param maxThreshold upper bound of s, 1 or above, possibly infinite (diffusers: {@code
 *     sample_max_value}); 1 is {@code clip-denoised}
 */
@PluginName("dynamic-thresholding")
public record DynamicThresholding(double low, double high, double quantile, double maxThreshold)
    implements Control {

  /** The paper's quantile, 0.995, without a bound, for the range [-1, 1]. */
  public DynamicThresholding() {
    this(-1, 1, 0.995, Double.POSITIVE_INFINITY);
  }

  /** Checks the components. */
  public DynamicThresholding {
    new Clip(low, high, quantile, maxThreshold);
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    return new ClippedField(graph.tf(), graph.field(), new Clip(low, high, quantile, maxThreshold));
  }
}

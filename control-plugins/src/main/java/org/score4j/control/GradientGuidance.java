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
import org.score4j.api.Term;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Draws x_0 of which y = A x_0 + noise is known, by the gradient of how well the denoised data D(x)
 * agree with it (Song et al. 2023, "Pseudoinverse-guided diffusion models for inverse problems",
 * eq. 7): with p(x_0 | x_t) taken for N(D, r^2 I), P = A^+ A and a weight w,
 *
 * <pre>
 *   score' = score - w / (r^2 + n^2) grad_x |A^+ y - P D(x)|^2 / 2,
 *   r^2 = s^2 sigma^2 / (sigma^2 + s^2 alpha^2).
 * </pre>
 *
 * <p>Exact at w = 1 for data N(m, s^2 I), and, if n is 0 or A A^T = I, for any A. With s = 0 all
 * uncertainty is the measurement's: diffusion posterior sampling (Chung et al. 2023, eq. 16). The
 * gradient goes through the model and costs about two evaluations more, which are not counted as
 * such.
 *
 * @param images of which something is known
 * @param operator A
 * @param weight w, 0 or above
 * @param dataStandardDeviation s, of each number of the data; 0 or above
 * @param noise n, standard deviation of the measurement's noise; 0 or above, above 0 if s is 0
 */
@PluginName("gradient-guidance")
public record GradientGuidance(
    @Required Images images,
    @Required LinearOperator operator,
    double weight,
    double dataStandardDeviation,
    double noise)
    implements KnownImages {

  /** Exact measurements of data whose standard deviation is a half, as images in [-1, 1] have. */
  public GradientGuidance() {
    this(new Images(List.of(0L)), new Mask(), 1, 0.5, 0);
  }

  /** Checks the numbers. */
  public GradientGuidance {
    Validation.begin()
        .notNegative("weight", weight)
        .notNegative("dataStandardDeviation", dataStandardDeviation)
        .notNegative("noise", noise)
        .rule(
            noise > 0 || dataStandardDeviation > 0,
            "noise",
            noise,
            "must be above 0 if dataStandardDeviation is 0")
        .end();
  }

  @Override
  public OptionalInt imageClass(long sample, Labels labels) {
    return images.imageClass(sample, labels);
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    var tf = graph.tf();
    var field = graph.field();
    var observation = new Observation(operator, images);
    var known = observation.known(graph);
    return new ShiftedField(
        tf,
        field,
        (x, level) -> {
          var denoised = field.denoised(x, level);
          var misfit = tf.nn.l2Loss(known.minus(observation.projected(graph, denoised)));
          Operand<TFloat32> gradient = tf.gradients(misfit, List.of(x)).dy(0);
          var factor = tf.math.div(tf.constant((float) -weight), variance(graph, level));
          return LevelTensors.align(tf, factor, x).times(gradient);
        });
  }

  /** {@code r^2 + n^2}. */
  private Operand<TFloat32> variance(ControlGraph graph, LevelTensors level) {
    var tf = graph.tf();
    double s2 = dataStandardDeviation * dataStandardDeviation;
    var sigma2 = Term.of(tf, level.sigma()).squared();
    var signal2 = Term.of(tf, level.alpha()).squared().times(s2);
    var r2 = sigma2.times(s2).over(sigma2.plus(signal2));
    return r2.plus(noise * noise);
  }
}

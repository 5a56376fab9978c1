package org.score4j.loss;

import java.util.random.RandomGenerator;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.LossWeight;
import org.score4j.api.PluginName;
import org.score4j.api.Presets;
import org.score4j.api.Sde;
import org.score4j.api.TimeDistribution;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Denoising score matching over a continuum of noise levels (Vincent 2011; Song et al. 2021, eq.
 * 7): for x = alpha x_0 + sigma z,
 *
 * <pre>  w sigma^2 |s(x, t) + z / sigma|^2 = w |sigma s(x, t) + z|^2,</pre>
 *
 * the squared error of the noise that the score stands for, so that nothing is divided by sigma.
 * Weight, times and reduction make it the objective of any of the papers, as the presets do,
 * whatever the model predicts.
 *
 * @param weight w(t)
 * @param times from which t is drawn
 * @param reduction how the squared errors of an example's dimensions become one number
 */
@PluginName("denoising-score-matching")
@Presets(DenoisingScoreMatchingPreset.class)
public record DenoisingScoreMatching(LossWeight weight, TimeDistribution times, Reduction reduction)
    implements Loss {

  /** Weight sigma^2, uniform times, the mean over dimensions. */
  public DenoisingScoreMatching() {
    this(new SigmaSquaredWeight(), new UniformTimes(), Reduction.MEAN);
  }

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    return times.draw(sde, batch, random);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    var noised = NoisedData.draw(graph);
    var errors =
        tf.math.squaredDifference(graph.field().noise(noised.x(), graph.level()), noised.noise());
    var sde = graph.sde();
    var weights =
        graph.coefficient("weight", l -> weight.of(sde, l) * times.correction(sde, l.t()));
    return weights.times(reduction.of(tf, errors));
  }
}

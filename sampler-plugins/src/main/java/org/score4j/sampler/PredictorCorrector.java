package org.score4j.sampler;

import org.score4j.api.Corrector;
import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Predictor-corrector sampling (Song et al. 2021, section 4.2), in the order of the paper's code:
 *
 * <pre>
 *   x ~ prior
 *   for each step of the grid from t down to s:
 *     x = corrector(x, t)
 *     x = predictor(x, t, s)
 *   return the mean of the last prediction
 * </pre>
 *
 * @param steps number of steps, 1 or more
 * @param predictor solves the reverse-time SDE from t to s
 * @param corrector draws the state nearer to the marginal of time t
 * @param grid the times that bound the steps
 */
@PluginName("predictor-corrector")
public record PredictorCorrector(int steps, Predictor predictor, Corrector corrector, TimeGrid grid)
    implements Sampler {

  /** A thousand steps of reverse diffusion, each corrected by one step of Langevin dynamics. */
  public PredictorCorrector() {
    this(1000, new ReverseDiffusion(), new LangevinCorrector(), new UniformGrid());
  }

  /** Checks the components. */
  public PredictorCorrector {
    Validation.begin().count("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    Corrector.Step correct = corrector.build(graph);
    Predictor.Step predict = predictor.build(graph);
    double[] times = grid.times(graph.sde(), steps);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double t = times[i];
        double s = times[i + 1];
        correct.run(t, s);
        predict.run(t, s, i == steps - 1);
        progress.step(i + 1, steps);
      }
    };
  }
}

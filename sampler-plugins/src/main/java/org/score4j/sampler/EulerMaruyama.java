package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * Euler-Maruyama for the reverse-time SDE (Anderson 1982; Song et al. 2021, eq. 6), {@code dx = (f
 * x - g^2 score) dt + g dw}:
 *
 * <pre>
 *   x ~ prior
 *   for each step of the grid from t down to s, h = t - s:
 *     mean = x - h (f(t) x - g(t)^2 score(x, t))
 *     x = mean + sqrt(h) g(t) z,   z ~ N(0, I)
 *   return the last mean
 * </pre>
 *
 * <p>One evaluation of the score a step; weak order 1 in the step.
 *
 * @param steps number of steps, 1 or more
 * @param grid the times that bound the steps
 */
@PluginName("euler-maruyama")
public record EulerMaruyama(int steps, TimeGrid grid) implements Sampler {

  /** A thousand steps of equal length. */
  public EulerMaruyama() {
    this(1000, new UniformGrid());
  }

  /** Checks the components. */
  public EulerMaruyama {
    Validation.begin().count("steps", steps, 1).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var predictor = new EulerMaruyamaPredictor();
    return new PredictorCorrector(steps, predictor, new NoCorrector(), grid).build(graph);
  }
}

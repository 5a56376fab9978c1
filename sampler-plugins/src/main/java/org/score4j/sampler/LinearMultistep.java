package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * The Adams-Bashforth method in {@code r = sigma / alpha} (Crowson 2022, k-diffusion, {@code
 * sample_lms}; Hairer, Norsett and Wanner 1993, section III.5), for {@code X = x / alpha}, with
 * {@code D} the denoised state:
 *
 * <pre>
 *   x ~ prior
 *   for step i from r_i down to r_{i+1}:
 *     d_i = (X - D(X, r_i)) / r_i
 *     X = X + sum_j w_j d_{i-j},   j = 0, ..., k - 1
 *     w_j = integral from r_i to r_{i+1} of product over l != j of (r - r_{i-l}) / (r_{i-j} - r_{i-l})
 * </pre>
 *
 * <p>The quotient {@code d} is the expected noise; k is {@code order}, or as many slopes as there
 * are. One evaluation a step.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param order number of slopes a step is made of, from 1 to 4
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 * @param lowerOrderFinal whether the step that denoises is of order 1; else it keeps its order, as
 *     in k-diffusion and diffusers
 */
@PluginName("lms")
public record LinearMultistep(
    int steps, int order, TimeGrid grid, boolean denoise, boolean lowerOrderFinal)
    implements Sampler {

  /** Fifty steps of order 4, the last of which denoises. */
  public LinearMultistep() {
    this(50, 4, new KarrasGrid(), true, true);
  }

  /** A method whose denoising step is of order 1. */
  public LinearMultistep(int steps, int order, TimeGrid grid, boolean denoise) {
    this(steps, order, grid, denoise, true);
  }

  /** Checks the components. */
  public LinearMultistep {
    Validation.begin().count("steps", steps, 1).between("order", order, 1, 4).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var slope = graph.at(x, level).noise();
    var past = History.of(graph, order - 1);
    var next = WeightedSum.of(graph, past.after(x, slope));
    var step = graph.kernel("lms", past.push(slope, x.set(next.value())));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    // Two nodes are exact for the cubic polynomials of order 4.
    var adams = new AdamsBashforth(r -> r, new GaussLegendre(2));
    return progress -> {
      for (int i = 0; i < steps; i++) {
        int used = lowerOrderFinal ? path.order(i, order, false) : Math.min(order, i + 1);
        step.run(next.weighted(level.at(path.t(i)), adams.weights(path, i, order, used)));
        progress.step(i + 1, steps);
      }
    };
  }
}

package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Predictor;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Transition;
import org.score4j.api.Validation;

/**
 * Resampling of RePaint (Lugmayr et al. 2022, section 4.2): now and then the state goes back to a
 * noisier time by the exact transition, and forward again, so that a part that is known, as in
 * {@code inpainting}, and the rest come to agree.
 *
 * <pre>
 *   x ~ prior
 *   for each step from t_i to t_(i+1):
 *     x = predictor(x, t_i, t_(i+1))
 *     if steps - i - 2 is a multiple of jump, and as yet fewer than resamplings - 1 times here:
 *       x = alpha_ts x + sigma_ts z   with s = t_(i+1), t = t_(i+1-jump);   go on from there
 * </pre>
 *
 * <p>With no control it draws from the model as its predictor does. The schedule is that of the
 * paper's code: 250 steps with the defaults are 2,410 predictions.
 *
 * @param steps number of steps, 1 or more
 * @param jump steps that a jump goes back, 1 or more
 * @param resamplings how often each stretch of {@code jump} steps is gone through, 1 or more
 * @param predictor solves the reverse-time SDE from t to s
 * @param grid the times that bound the steps
 */
@PluginName("repaint")
public record RePaint(int steps, int jump, int resamplings, Predictor predictor, TimeGrid grid)
    implements Sampler {

  /** The paper's 250 steps, each ten going back ten steps, ancestral sampling. */
  public RePaint() {
    this(250, 10, 10, new AncestralPredictor(), new UniformGrid());
  }

  /** Checks the components. */
  public RePaint {
    Validation.begin()
        .count("steps", steps, 1)
        .count("jump", jump, 1)
        .count("resamplings", resamplings, 1)
        .end();
    Validation.begin()
        .rule(
            predictions(steps, jump, resamplings) <= Validation.MOST,
            "resamplings",
            resamplings,
            "must be so few that there are at most " + Validation.MOST + " steps in all")
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    Predictor.Step predict = predictor.build(graph);
    var x = graph.state();
    var scale = graph.scalar("scale");
    var spread = graph.scalar("spread");
    var noised = x.times(scale).plus(graph.noise().times(spread));
    var renoise = graph.kernel("renoise", x.set(noised));

    Sde sde = graph.sde();
    double[] times = grid.times(sde, steps);
    return progress -> {
      int[] jumps = jumps();
      long total = predictions(steps, jump, resamplings);
      int done = 0;
      int i = 0;
      while (i < steps) {
        predict.run(times[i], times[i + 1], i == steps - 1);
        i++;
        if (jumps[steps - i] > 0) {
          jumps[steps - i]--;
          Transition back = sde.transition(times[i], times[i - jump]);
          renoise.run(scale.is(back.alpha()), spread.is(back.sigma()));
          i -= jump;
        }
        done++;
        progress.step(done, total);
      }
    };
  }

  /** How often to jump where so many steps remain. */
  private int[] jumps() {
    int[] jumps = new int[steps + 1];
    for (int remaining = 1; remaining <= steps - jump; remaining += jump) {
      jumps[remaining] = resamplings - 1;
    }
    return jumps;
  }

  /** Steps to noise-free data in all: those of the grid, and those taken again after each jump. */
  private static long predictions(int steps, int jump, int resamplings) {
    long jumping = steps < jump + 1 ? 0 : (steps - jump - 1) / jump + 1;
    return steps + jumping * (resamplings - 1) * jump;
  }
}

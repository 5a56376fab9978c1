package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * The exponential integrator tAB-DEIS (Zhang and Chen 2023, eq. 14 and 15): the noise {@code e}
 * that the model predicts is taken to be the polynomial in u = t that meets its latest values,
 *
 * <pre>
 *   x ~ prior
 *   for step i from t_i down to t_{i+1}:
 *     e_i = noise(x, t_i)
 *     x = alpha_{i+1} (x / alpha_i + sum_j C_j e_{i-j}),   j = 0, ..., k - 1
 *     C_j = integral from r_i to r_{i+1} of product over l != j of (u(r) - u_{i-l}) / (u_{i-j} - u_{i-l}) dr
 * </pre>
 *
 * <p>The integral is the paper's in the variable {@code r = sigma / alpha}, {@code dr = g^2 / (2
 * alpha sigma) dt}, done by quadrature; k is {@code order}, or as many values as there are. Order 1
 * is DDIM; the paper names a method by the degree of its polynomial, {@code order - 1}. The step
 * that denoises is of order 1. Times must not crowd at one end, or the polynomial overshoots. With
 * {@code variable} log-ratio, u = ln r, which is the method of diffusers' {@code
 * DEISMultistepScheduler}. One evaluation a step.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param order number of values of the noise a step is made of, from 1 to 4
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise; else to {@code
 *     startTime}
 * @param lowerOrderFinal whether the order falls towards the end, to 1 in the last step, if there
 *     are fewer than 15 steps; as in diffusers, where a last step down to little noise is far off
 *     without
 * @param variable u, in which the noise is a polynomial
 */
@PluginName("deis")
public record Deis(
    int steps,
    int order,
    TimeGrid grid,
    boolean denoise,
    boolean lowerOrderFinal,
    Variable variable)
    implements Sampler {
  private static final int QUADRATURE_NODES = 32;

  /** Variables of the polynomial. */
  public enum Variable {
    /** The time t of the process, as in the paper. */
    TIME {
      @Override
      double at(Sde sde, double r) {
        return sde.timeAt(-2 * Math.log(r));
      }
    },
    /** {@code ln(sigma / alpha)}, as in diffusers. */
    LOG_RATIO {
      @Override
      double at(Sde sde, double r) {
        return Math.log(r);
      }
    };

    abstract double at(Sde sde, double r);
  }

  /** Ten steps at quadratic times with a polynomial of degree 3, the last of which denoises. */
  public Deis() {
    this(10, 4, new PowerGrid(), true, false, Variable.TIME);
  }

  /** The paper's method, of full order to the end. */
  public Deis(int steps, int order, TimeGrid grid, boolean denoise) {
    this(steps, order, grid, denoise, false, Variable.TIME);
  }

  /** Checks the components. */
  public Deis {
    Validation.begin().count("steps", steps, 1).between("order", order, 1, 4).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var level = graph.level("t");
    var noise = graph.at(x, level).noise();
    var past = History.of(graph, order - 1);
    var next = WeightedSum.of(graph, past.after(x, noise));
    var step = graph.kernel("deis", past.push(noise, x.set(next.value())));

    Sde sde = graph.sde();
    Descent path = Descent.of(sde, grid, steps, denoise);
    var adams = new AdamsBashforth(r -> variable.at(sde, r), new GaussLegendre(QUADRATURE_NODES));
    boolean lower = lowerOrderFinal && steps < 15;
    return progress -> {
      for (int i = 0; i < steps; i++) {
        int used = path.order(i, order, lower);
        step.run(next.weighted(level.at(path.t(i)), adams.weights(path, i, order, used)));
        progress.step(i + 1, steps);
      }
    };
  }
}

package org.score4j.sampler;

import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * The stochastic Adams method SA-Solver (Xue et al. 2023, "SA-Solver: Stochastic Adams Solver for
 * Fast Sampling of Diffusion Models", algorithm 1), for the SDE with {@code tau} times the noise of
 * the reverse-time one. {@code D_i} is the denoised state evaluated at level i:
 *
 * <pre>
 *   x ~ prior
 *   for step i:
 *     D_i = D(x, t_i)
 *     if i &gt; 0: x = S(x_{i-1}; D_i, D_{i-1}, ...; z)                (corrector: the step to here, anew)
 *     x_i = x,   z ~ N(0, I)
 *     x = S(x_i; D_i, D_{i-1}, ...; z)                              (predictor: the step from here)
 * </pre>
 *
 * <p>where a step of length {@code h} from level i to s is
 *
 * <pre>
 *   S = sigma_s / sigma_i e^(-tau^2 h) x_i + alpha_s sum_j b_j D_j + sigma_s sqrt(1 - e^(-2 tau^2 h)) z,
 *   b_j = (1 + tau^2) integral from lambda_i to lambda_s of e^(-(1 + tau^2) (lambda_s - lambda))
 *           product over l != j of (lambda - lambda_l) / (lambda_j - lambda_l) dlambda
 * </pre>
 *
 * <p>(b: eq. 15 and 18), with as many D as the order says, or as there are. The integral is done by
 * quadrature in {@code lambda_s - lambda}, which no step is too small or too large for. The
 * corrector uses the noise of the predictor again and costs no evaluation, for the next predictor
 * takes {@code D_i} as it is; there is none after the last step. One evaluation a step. Without
 * noise, of order {@code predictorOrder}, or of the smaller of {@code predictorOrder + 1} and
 * {@code correctorOrder} if there is a corrector. With noise, orders 3 and 4 have a variance of
 * order 2 on Gaussian data, as measured.
 *
 * <p>Without a corrector, orders 1, 2 and 3 are the solvers 2M-SDE without its second-order term
 * (with {@code tau = 1}, {@link Ddpm} with the variance of the posterior), 2M-SDE in its Heun form
 * and 3M-SDE of {@link DpmSolverPlusPlus}, at {@code eta = tau^2}.
 *
 * <p>The authors' code, and diffusers, add a term of order {@code h^3} where two values are used,
 * with {@code R = 1 + tau^2}: if {@code publishedTerm}, D_i - D_{i-1} of the predictor is taken
 *
 * <pre>
 *   alpha_s R (h^2 / 2 - (R h - 1 + e^(-R h)) / R^2) / (lambda_i - lambda_{i-1})
 * </pre>
 *
 * <p>times more, and likewise D_{i+1} - D_i of the corrector, divided by h.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param predictorOrder number of values of D the predictor is made of, from 1 to 4
 * @param correctorOrder the same of the corrector, its new value included, up to 4; 0 leaves it out
 * @param tau amount of noise, 0 or above: 0 solves the ODE, 1 the reverse-time SDE
 * @param sMin 0 or above: the lowest {@code sigma / alpha} from which a step has noise
 * @param sMax not below sMin: the highest {@code sigma / alpha} from which a step has noise
 * @param lowerOrderFinal whether the orders fall towards the end, to 1 in the last step
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise, and is of order 1;
 *     else to {@code startTime}
 * @param publishedTerm whether steps of two values have the term that the authors' code adds
 */
@PluginName("sa-solver")
public record SaSolver(
    int steps,
    int predictorOrder,
    int correctorOrder,
    double tau,
    double sMin,
    double sMax,
    boolean lowerOrderFinal,
    TimeGrid grid,
    boolean denoise,
    boolean publishedTerm)
    implements Sampler {
  private static final int QUADRATURE_NODES = 32;

  /** {@code e^-40} is less than rounding; up to there the nodes are enough for the exponential. */
  private static final double NEGLIGIBLE_EXPONENT = 40;

  /** Twenty steps of orders 3 and 4 with noise at all levels, the last of which denoises. */
  public SaSolver() {
    this(20, 3, 4, 1, 0, Double.POSITIVE_INFINITY, true, new LogSnrGrid(), true, false);
  }

  /** The paper's coefficients. */
  public SaSolver(
      int steps,
      int predictorOrder,
      int correctorOrder,
      double tau,
      double sMin,
      double sMax,
      boolean lowerOrderFinal,
      TimeGrid grid,
      boolean denoise) {
    this(
        steps,
        predictorOrder,
        correctorOrder,
        tau,
        sMin,
        sMax,
        lowerOrderFinal,
        grid,
        denoise,
        false);
  }

  /** Checks the components. */
  public SaSolver {
    Validation.begin()
        .count("steps", steps, 1)
        .between("predictorOrder", predictorOrder, 1, 4)
        .between("correctorOrder", correctorOrder, 0, 4)
        .notNegative("tau", tau)
        .notNegative("sMin", sMin)
        .rule(sMax >= sMin, "sMax", sMax, "must not be below sMin")
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var previous = graph.register("previous");
    var z = graph.register("z");
    var level = graph.level("t");
    var denoised = graph.at(x, level).denoised();
    var past = History.of(graph, Math.max(predictorOrder, correctorOrder - 1));

    var corrected = WeightedSum.of(graph, past.after(x, previous, z, denoised));
    var correct = graph.kernel("sa-corrector", past.push(denoised, x.set(corrected.value())));
    var noise = graph.noise();
    var predicted = WeightedSum.of(graph, past.after(x, noise));
    var predict =
        graph.kernel("sa-predictor", previous.set(x), z.set(noise), x.set(predicted.value()));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    var quadrature = new GaussLegendre(QUADRATURE_NODES);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double[] correction =
            i == 0 || correctorOrder == 0 ? keep() : corrector(path, i - 1, quadrature);
        correct.run(corrected.weighted(level.at(path.t(i)), correction));
        predict.run(predicted.weighted(predictor(path, i, quadrature)));
        progress.step(i + 1, steps);
      }
    };
  }

  /** No correction: the factors of x, x_i, z, D_{i+1}, D_i, ... */
  private double[] keep() {
    double[] weights = new double[4 + Math.max(predictorOrder, correctorOrder - 1)];
    weights[0] = 1;
    return weights;
  }

  /** The factors of x, x_i, z, D_{i+1}, D_i, ... in the correction of the step from i. */
  private double[] corrector(Descent path, int i, GaussLegendre quadrature) {
    int values = 1 + path.order(i, correctorOrder - 1, lowerOrderFinal);
    double[] weights = keep();
    weights[0] = 0;
    weights[1] = kept(path, i);
    weights[2] = path.noise(i, eta(path, i));
    System.arraycopy(gains(path, i, i + 1, values, quadrature), 0, weights, 3, values);
    return weights;
  }

  /** The factors of x_i, z, D_i, D_{i-1}, ... in the step from i. */
  private double[] predictor(Descent path, int i, GaussLegendre quadrature) {
    int values = path.order(i, predictorOrder, lowerOrderFinal);
    double[] weights = new double[2 + Math.max(predictorOrder, correctorOrder - 1)];
    weights[0] = kept(path, i);
    weights[1] = path.noise(i, eta(path, i));
    System.arraycopy(gains(path, i, i, values, quadrature), 0, weights, 2, values);
    return weights;
  }

  /** {@code tau^2} in the step from level i. */
  private double eta(Descent path, int i) {
    return path.r(i) >= sMin && path.r(i) <= sMax ? tau * tau : 0;
  }

  /** {@code sigma_{i+1} / sigma_i e^(-tau^2 h)}. */
  private double kept(Descent path, int i) {
    return path.alpha(i + 1) / path.alpha(i) * Math.exp(-(1 + eta(path, i)) * path.h(i));
  }

  /**
   * {@code alpha_{i+1} b} in the step from i for the values of D at the latest level and before.
   */
  private double[] gains(Descent path, int i, int latest, int values, GaussLegendre quadrature) {
    double rate = 1 + eta(path, i);
    double[] nodes = new double[values];
    for (int j = 0; j < values; j++) {
      nodes[j] = path.lambda(i + 1) - path.lambda(latest - j);
    }
    double reach = Math.min(path.h(i), NEGLIGIBLE_EXPONENT / rate);
    double[] gains = new double[values];
    for (int j = 0; j < values; j++) {
      int number = j;
      gains[j] =
          path.alpha(i + 1)
              * quadrature.integrate(
                  back ->
                      rate * Math.exp(-rate * back) * AdamsBashforth.lagrange(nodes, number, back),
                  0,
                  reach);
    }
    if (publishedTerm && values == 2) {
      double term = publishedTerm(path, i, rate) / (nodes[1] - nodes[0]);
      gains[0] += term;
      gains[1] -= term;
    }
    return gains;
  }

  /** {@code alpha_s R (h^2 / 2 - (R h - 1 + e^(-R h)) / R^2)}. */
  private static double publishedTerm(Descent path, int i, double rate) {
    double h = path.h(i);
    double first = rate * h + Math.expm1(-rate * h);
    return path.alpha(i + 1) * rate * (h * h / 2 - first / (rate * rate));
  }
}

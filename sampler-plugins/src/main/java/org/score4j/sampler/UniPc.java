package org.score4j.sampler;

import java.util.Arrays;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;

/**
 * The multistep predictor-corrector UniPC (Zhao et al. 2023, algorithms 1 and 2) in its form for
 * the denoised state {@code D}; {@code D_i} is the evaluation at level i:
 *
 * <pre>
 *   x ~ prior
 *   for step i, p = order, or as many values of D as there are:
 *     D_i = D(x, t_i)
 *     if i &gt; 0: x = U_p(x_{i-1}; D_{i-p}, ..., D_{i-1}, D_i)       (UniC: the step to here, anew)
 *     x_i = x
 *     x = U_{p-1}(x_i; D_{i-p+1}, ..., D_i)                         (UniP: the step from here)
 * </pre>
 *
 * <p>where a step of length {@code h} from level i to s, with the values {@code D_m} at {@code
 * lambda_i + r_m h}, is
 *
 * <pre>
 *   U = sigma_s / sigma_i x_i - alpha_s (e^-h - 1) D_i - alpha_s B sum_m a_m / r_m (D_m - D_i),
 *   sum_m r_m^(n-1) a_m = n! phi_{n+1} / B,   n = 1, 2, ..., as many as there are values,
 *   phi_1 = e^-h - 1,   phi_{n+1} = phi_n / -h - 1 / n!,
 * </pre>
 *
 * <p>except that a single {@code a_1} is 1/2, as in the published code. The corrector costs no
 * evaluation, for the next predictor takes {@code D_i} as it is; there is none after the last step.
 * One evaluation a step; of order {@code order + 1}.
 *
 * @param steps number of steps, 1 or more, the last of them included
 * @param order the paper's p, from 1 to 3
 * @param solver the function B
 * @param lowerOrderFinal whether the order falls towards the end, to 1 in the last step
 * @param grid the times that bound the steps
 * @param denoise whether the last step leads from {@code startTime} to no noise, and is of order 1;
 *     else to {@code startTime}
 */
@PluginName("unipc")
public record UniPc(
    int steps, int order, Solver solver, boolean lowerOrderFinal, TimeGrid grid, boolean denoise)
    implements Sampler {

  /** The paper's choices of B. */
  public enum Solver {
    /** {@code B = -h}. */
    BH1 {
      @Override
      double b(double h) {
        return -h;
      }
    },
    /** {@code B = e^-h - 1}. */
    BH2 {
      @Override
      double b(double h) {
        return Math.expm1(-h);
      }
    };

    abstract double b(double h);
  }

  /** Ten steps of order 2 with B_2, the last of which denoises. */
  public UniPc() {
    this(10, 2, Solver.BH2, true, new LogSnrGrid(), true);
  }

  /** Checks the components. */
  public UniPc {
    Validation.begin().count("steps", steps, 1).between("order", order, 1, 3).end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var x = graph.state();
    var previous = graph.register("previous");
    var level = graph.level("t");
    var denoised = graph.at(x, level).denoised();
    var past = History.of(graph, order);

    var corrected = WeightedSum.of(graph, past.after(x, previous, denoised));
    var correct = graph.kernel("unic", past.push(denoised, x.set(corrected.value())));
    var predicted = WeightedSum.of(graph, past.after(x));
    var predict = graph.kernel("unip", previous.set(x), x.set(predicted.value()));

    Descent path = Descent.of(graph.sde(), grid, steps, denoise);
    return progress -> {
      for (int i = 0; i < steps; i++) {
        double[] correction = i == 0 ? keep() : corrector(path, i - 1);
        correct.run(corrected.weighted(level.at(path.t(i)), correction));
        predict.run(predicted.weighted(predictor(path, i)));
        progress.step(i + 1, steps);
      }
    };
  }

  /** No correction: the factors of x, x_{i-1}, D_i, D_{i-1}, ... */
  private double[] keep() {
    double[] weights = new double[3 + order];
    weights[0] = 1;
    return weights;
  }

  /** The factors of x, x_i, D_{i+1}, D_i, D_{i-1}, ... in the correction of the step from i. */
  private double[] corrector(Descent path, int i) {
    int p = path.order(i, order, lowerOrderFinal);
    double[] r = Arrays.copyOf(ratios(path, i, p), p);
    r[p - 1] = 1;
    double[] differences = differences(path, i, r);
    double[] weights = new double[3 + order];
    weights[1] = path.sigma(i + 1) / path.sigma(i);
    weights[2] = differences[p - 1];
    weights[3] = -path.alpha(i + 1) * Math.expm1(-path.h(i)) - Arrays.stream(differences).sum();
    System.arraycopy(differences, 0, weights, 4, p - 1);
    return weights;
  }

  /** The factors of x_i, D_i, D_{i-1}, ... in the step from i. */
  private double[] predictor(Descent path, int i) {
    int p = path.order(i, order, lowerOrderFinal);
    double[] differences = differences(path, i, ratios(path, i, p));
    double[] weights = new double[1 + order];
    weights[0] = path.sigma(i + 1) / path.sigma(i);
    weights[1] = -path.alpha(i + 1) * Math.expm1(-path.h(i)) - Arrays.stream(differences).sum();
    System.arraycopy(differences, 0, weights, 2, p - 1);
    return weights;
  }

  /** Where D_{i-1}, ..., D_{i-p+1} lie, in steps from level i. */
  private static double[] ratios(Descent path, int i, int p) {
    double[] r = new double[p - 1];
    for (int k = 1; k < p; k++) {
      r[k - 1] = (path.lambda(i - k) - path.lambda(i)) / path.h(i);
    }
    return r;
  }

  /** The factors {@code -alpha B a_m / r_m} of the differences of the values at r. */
  private double[] differences(Descent path, int i, double[] r) {
    if (r.length == 0) {
      return r;
    }
    double h = path.h(i);
    double b = solver.b(h);
    double[] a =
        r.length == 1 ? new double[] {0.5} : new Vandermonde(r).solve(moments(h, b, r.length));
    double[] factors = new double[r.length];
    for (int m = 0; m < r.length; m++) {
      factors[m] = -path.alpha(i + 1) * b * a[m] / r[m];
    }
    return factors;
  }

  /** {@code n! phi_{n+1} / B} for n = 1, 2, ... */
  private static double[] moments(double h, double b, int count) {
    double[] moments = new double[count];
    double factorial = 1;
    double phi = Math.expm1(-h) / -h - 1;
    for (int n = 1; n <= count; n++) {
      moments[n - 1] = factorial * phi / b;
      factorial *= n + 1;
      phi = phi / -h - 1 / factorial;
    }
    return moments;
  }
}

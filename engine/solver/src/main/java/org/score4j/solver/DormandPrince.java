package org.score4j.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.Kernel;
import org.score4j.api.Progress;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Term;
import org.score4j.solver.AdaptiveSteps.Steps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Runge-Kutta method of Dormand and Prince (1980, RK5(4)7M), order 5 with an error estimate of
 * order 4, for {@code dx/dt = rate(x, t)} in either direction of time:
 *
 * <pre>
 *     0 |
 *   1/5 |        1/5
 *  3/10 |       3/40        9/40
 *   4/5 |      44/45      -56/15       32/9
 *   8/9 | 19372/6561 -25360/2187 64448/6561 -212/729
 *     1 |  9017/3168     -355/33 46732/5247   49/176 -5103/18656
 *     1 |     35/384           0   500/1113  125/192  -2187/6784    11/84
 *  -----+------------------------------------------------------------------------
 *   x'  |     35/384           0   500/1113  125/192  -2187/6784    11/84      0
 *  error|   71/57600           0  -71/16695  71/1920 -17253/339200 22/525  -1/40
 * </pre>
 *
 * <p>The last stage is the next step's first, so that a step costs six evaluations; two more choose
 * the first step (Hairer, Norsett and Wanner, Solving ODEs I, section II.4). Errors are measured in
 * units of {@code atol + rtol max(|x|, |x'|)}. Each sample has its own time, step and control; one
 * that has arrived waits for the others.
 *
 * <p>Integrals along the solution are taken by the same formula, in double. They do not change the
 * steps unless they have a tolerance.
 */
public final class DormandPrince {
  private static final int STAGES = 7;
  private static final double[] C = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
  private static final double[][] A = {
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
  };
  private static final double[] ERROR = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
  };

  /** The right-hand side of the equation. */
  public interface Rate {
    /** The rate at what the register holds [B, ...], of the same shape. */
    Term of(Register x);

    /** What the register holds, fed as the rate there is; a point of the solution. */
    default Term point(Register x) {
      return x;
    }

    /** What both are to be fed where the samples are at these times. */
    List<Feed> at(double[] times);
  }

  /** Quantities whose integrals over time are wanted beside the solution. */
  public interface Integrand {
    /**
     * The quantities [B, Q].
     *
     * @param x the state [B, ...]
     * @param rate its rate there, a function of {@code x} in the graph
     */
    Operand<TFloat32> of(Operand<TFloat32> x, Operand<TFloat32> rate);

    /** How exact each step's integrals, in root mean square over Q, must be; empty to follow. */
    Optional<Tolerance> tolerance();
  }

  private final Ops tf;
  private final Rate rate;
  private final Tolerance tolerance;
  private final int batch;
  private final Register x;
  private final Coefficient step;
  private final Coefficient accepted;
  private final double beta;
  private final Kernel begin;
  private final Kernel firstRate;
  private final Kernel secondRate;
  private final Kernel retry;
  private final Kernel advance;
  private final List<Kernel> stages = new ArrayList<>();
  private final Optional<Tolerance> integralTolerance;

  /**
   * Compiles the method for the state of a graph.
   *
   * @param beta of {@link PiController}
   */
  public DormandPrince(SamplerGraph graph, Rate rate, Tolerance tolerance, double beta) {
    this(graph, rate, tolerance, beta, Optional.empty());
  }

  /** The same with standard control, and with integrals along the solution. */
  public DormandPrince(SamplerGraph graph, Rate rate, Tolerance tolerance, Integrand integrand) {
    this(graph, rate, tolerance, 0, Optional.of(integrand));
  }

  private DormandPrince(
      SamplerGraph graph,
      Rate rate,
      Tolerance tolerance,
      double beta,
      Optional<Integrand> integrand) {
    this.tf = graph.tf();
    this.rate = rate;
    this.tolerance = tolerance;
    this.beta = beta;
    this.batch = graph.batch();
    this.x = graph.state();
    this.step = graph.perSample("step");
    this.accepted = graph.perSample("accepted");
    this.integralTolerance = integrand.flatMap(Integrand::tolerance);

    // The point where the rate is taken: one copy of the network serves all stages.
    var y = graph.register("point");
    List<Register> k = new ArrayList<>();
    for (int i = 0; i < STAGES; i++) {
      k.add(graph.register("rate"));
    }
    var slope = rate.of(y);
    List<Operand<TFloat32>> integrands =
        integrand.map(i -> List.of(i.of(y, slope))).orElseGet(List::of);

    begin = graph.kernel("begin", y.set(x));
    var unit = unit(x);
    firstRate =
        graph.kernel(
            "first-rate",
            joined(List.of(size(x.over(unit)), size(slope.over(unit))), integrands),
            k.get(0).set(slope));
    secondRate = graph.kernel("second-rate", List.of(size(slope.minus(k.get(0)).over(unit))));

    for (int i = 1; i < STAGES; i++) {
      List<Term> rates = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        rates.add(k.get(j));
      }
      rates.add(slope);
      if (i < STAGES - 1) {
        var next = x.plus(timesStep(sum(A[i + 1], rates)));
        stages.add(graph.kernel("stage" + (i + 1), integrands, k.get(i).set(slope), y.set(next)));
      } else {
        var larger = x.abs().max(y.abs());
        var error = size(timesStep(sum(ERROR, rates)).over(unit(larger)));
        stages.add(
            graph.kernel(
                "stage" + (i + 1), joined(List.of(error), integrands), k.get(i).set(slope)));
      }
    }

    retry = graph.kernel("retry", y.set(secondPoint(x, k.get(0))));
    var mask = tf.math.greater(accepted.along(x), tf.constant(0.5f));
    var state = Term.of(tf, tf.select(mask, y, rate.point(x)));
    var first = Term.of(tf, tf.select(mask, k.get(STAGES - 1), k.get(0)));
    advance =
        graph.kernel(
            "advance", x.set(state), k.get(0).set(first), y.set(secondPoint(state, first)));
  }

  private Term secondPoint(Term state, Term first) {
    return state.plus(timesStep(sum(A[1], List.of(first))));
  }

  /**
   * Takes the state from one time to another.
   *
   * @return the integral of each quantity from the one time to the other, [B][Q]; no quantities if
   *     there is no integrand
   * @throws IllegalStateException if a step becomes too small to tell times apart
   */
  public double[][] integrate(double from, double to, Progress progress) {
    double[] t = new double[batch];
    Arrays.fill(t, from);
    begin.run();
    double[] first = firstRate.run(feeds(t));
    var integrals = new Integrals(Arrays.copyOfRange(first, 2 * batch, first.length));
    new AdaptiveSteps("time", 0, length -> new PiController(length, beta))
        .run(from, to, firstLengths(first, t, to), new Attempts(integrals), progress);
    return integrals.values;
  }

  /** The method, along the way. */
  private final class Attempts implements AdaptiveSteps.Method {
    private final Integrals integrals;

    Attempts(Integrals integrals) {
      this.integrals = integrals;
    }

    @Override
    public void begin(Steps first) {
      retry.run(step.is(first.length()));
    }

    @Override
    public double[] attempt(Steps steps) {
      double[] reports = {};
      for (int i = 1; i < STAGES; i++) {
        reports = stages.get(i - 1).run(feeds(steps.after(C[i]), step.is(steps.length())));
        int skipped = i < STAGES - 1 ? 0 : batch;
        integrals.stages[i] = Arrays.copyOfRange(reports, skipped, reports.length);
      }
      double[] errors = tolerance.norm().of(Arrays.copyOf(reports, batch));
      integralTolerance.ifPresent(
          wanted -> {
            double[] others = wanted.norm().of(integrals.meanSquares(steps.length(), wanted));
            Arrays.setAll(errors, i -> Math.max(errors[i], others[i]));
          });
      return errors;
    }

    @Override
    public void advance(Steps tried, boolean[] taken, Steps next) {
      double[] moves = new double[batch];
      for (int i = 0; i < batch; i++) {
        if (taken[i]) {
          moves[i] = 1;
          integrals.accept(i, tried.length()[i]);
        }
      }
      if (Arrays.stream(moves).sum() == 0) {
        begin(next);
      } else {
        advance.run(feeds(tried.from(), step.is(next.length()), accepted.is(moves)));
      }
    }
  }

  /** Quadrature by the method's own weights. */
  private final class Integrals {
    private final double[][] stages = new double[STAGES][];
    private final int quantities;
    private final double[][] values;

    Integrals(double[] first) {
      stages[0] = first;
      quantities = first.length / batch;
      values = new double[batch][quantities];
    }

    private double weighted(double[] weights, int index) {
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * stages[j][index];
      }
      return sum;
    }

    /** Of the errors of a step, over the tolerance. */
    double[] meanSquares(double[] h, Tolerance wanted) {
      double[] means = new double[batch];
      for (int i = 0; i < batch; i++) {
        for (int q = 0; q < quantities; q++) {
          int index = i * quantities + q;
          double before = values[i][q];
          double after = before + h[i] * weighted(A[STAGES - 1], index);
          double unit =
              wanted.absolute() + wanted.relative() * Math.max(Math.abs(before), Math.abs(after));
          means[i] += Math.pow(h[i] * weighted(ERROR, index) / unit, 2) / quantities;
        }
      }
      return means;
    }

    void accept(int sample, double h) {
      for (int q = 0; q < quantities; q++) {
        int index = sample * quantities + q;
        values[sample][q] += h * weighted(A[STAGES - 1], index);
        stages[0][index] = stages[STAGES - 1][index];
      }
    }
  }

  /** Lengths of a first step whose error is likely to be right, of the sizes of state and rate. */
  private double[] firstLengths(double[] sizes, double[] t, double to) {
    double[] ofState = tolerance.norm().of(Arrays.copyOfRange(sizes, 0, batch));
    double[] ofRate = tolerance.norm().of(Arrays.copyOfRange(sizes, batch, 2 * batch));
    double[] trial = new double[batch];
    for (int i = 0; i < batch; i++) {
      double small = ofState[i] < 1e-5 || ofRate[i] < 1e-5 ? 1e-6 : 0.01 * ofState[i] / ofRate[i];
      trial[i] = Math.signum(to - t[i]) * Math.min(small, Math.abs(to - t[i]));
    }
    double[] whole = new double[batch];
    // The point of stage 2, at one fifth of five times the trial step, is an Euler step.
    Arrays.setAll(whole, i -> trial[i] / A[1][0]);
    retry.run(step.is(whole));
    double[] change = tolerance.norm().of(secondRate.run(feeds(after(t, trial, 1))));
    double[] lengths = new double[batch];
    for (int i = 0; i < batch; i++) {
      double size = Math.abs(trial[i]);
      double steepest = Math.max(ofRate[i], change[i] / size);
      double wanted =
          steepest <= 1e-15 ? Math.max(1e-6, size * 1e-3) : Math.pow(0.01 / steepest, 1.0 / 5);
      lengths[i] = Math.min(100 * size, wanted);
    }
    return lengths;
  }

  private static double[] after(double[] t, double[] h, double part) {
    double[] times = new double[t.length];
    Arrays.setAll(times, i -> t[i] + part * h[i]);
    return times;
  }

  private Feed[] feeds(double[] times, Feed... others) {
    List<Feed> all = new ArrayList<>(rate.at(times));
    all.addAll(List.of(others));
    return all.toArray(Feed[]::new);
  }

  private static List<Operand<TFloat32>> joined(
      List<Operand<TFloat32>> first, List<Operand<TFloat32>> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Term unit(Term x) {
    return x.abs().times(tolerance.relative()).plus(tolerance.absolute());
  }

  private Operand<TFloat32> size(Operand<TFloat32> x) {
    return ErrorNorm.meanSquare(tf, x);
  }

  private Term timesStep(Term x) {
    return x.times(step.along(x));
  }

  private Term sum(double[] weights, List<Term> rates) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        terms.add(rates.get(i).times(weights[i]));
      }
    }
    return Term.of(tf, tf.math.addN(terms));
  }
}

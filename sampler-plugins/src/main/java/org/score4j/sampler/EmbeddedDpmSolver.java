package org.score4j.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.score4j.api.Coefficient;
import org.score4j.api.Kernel;
import org.score4j.api.Level;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.solver.AdaptiveSteps;
import org.score4j.solver.AdaptiveSteps.Steps;
import org.score4j.solver.ErrorNorm;
import org.tensorflow.op.Ops;

/** The step of {@link DpmAdaptive}: order 3, with order 2's result to estimate the error. */
final class EmbeddedDpmSolver implements AdaptiveSteps.Method {
  static final int ORDER = 3;
  private static final double R1 = 1.0 / 3;
  private static final double R2 = 2.0 / 3;

  private final Ops tf;
  private final Sde sde;
  private final double last;
  private final ErrorNorm errorNorm;
  private final SamplerGraph graph;
  private final Level level;
  private final Register u;
  private final Coefficient a;
  private final Coefficient b;
  private final Coefficient c;
  private final Coefficient c1;
  private final Coefficient accepted;
  private final Kernel begin;
  private final Kernel zero;
  private final Kernel one;
  private final Kernel two;
  private final Kernel three;
  private final Kernel advance;
  private boolean moved;

  /** Compiles the method for the state of a graph; {@code level} is that of each evaluation. */
  EmbeddedDpmSolver(
      SamplerGraph graph, Level level, double rtol, double atol, ErrorNorm errorNorm) {
    this.graph = graph;
    this.level = level;
    this.errorNorm = errorNorm;
    tf = graph.tf();
    sde = graph.sde();
    last = sde.logSnr(sde.startTime()) / 2;
    var x = graph.state();
    var low = graph.register("low");
    var high = graph.register("high");
    var previousLow = graph.register("previousLow");
    var e = graph.register("noise");
    var d1 = graph.register("firstDifference");
    // The point where the noise is taken: one copy of the network serves all stages.
    u = graph.register("point");
    a = graph.perSample("ofState");
    b = graph.perSample("ofNoise");
    c = graph.perSample("ofDifference");
    c1 = graph.perSample("ofFirstDifference");
    accepted = graph.perSample("accepted");
    var noise = graph.at(u, level).noise();

    begin = graph.kernel("begin", u.set(x), previousLow.set(x));
    zero = graph.kernel("stage0", e.set(noise));
    var linear = x.times(a.along(x)).plus(e.times(b.along(e)));
    one = graph.kernel("point1", u.set(linear));
    var d = noise.minus(e);
    var corrected = linear.plus(d.times(c.along(d)));
    two = graph.kernel("stage1", d1.set(d), u.set(corrected));
    var second = linear.plus(d1.times(c1.along(d1)));
    var larger = second.abs().max(previousLow.abs());
    var unit = larger.times(rtol).max(atol);
    var error = ErrorNorm.meanSquare(tf, second.minus(corrected).over(unit));
    three = graph.kernel("stage2", List.of(error), low.set(second), high.set(corrected));
    var mask = tf.math.greater(accepted.along(x), tf.constant(0.5f));
    var here = graph.at(x, level);
    var next = tf.select(mask, high, here.x());
    advance =
        graph.kernel(
            "advance",
            x.set(next),
            u.set(next),
            previousLow.set(tf.select(mask, low, previousLow)));
  }

  /** A kernel, to be run at the end, that leaves the expected clean data in the state. */
  Kernel denoising() {
    // The point is the state by then, and is written so that the state is visited a last time.
    var x = graph.state();
    return graph.kernel(
        "denoise", x.set(graph.at(u, level).denoised()), u.set(graph.at(x, level).x()));
  }

  @Override
  public void begin(Steps first) {
    begin.run();
    moved = true;
  }

  @Override
  public double[] attempt(Steps steps) {
    var step = new Step(sde, steps, last);
    if (moved) {
      zero.run(level.at(step.times(0)));
    }
    one.run(a.is(step.ofState(R1)), b.is(step.ofNoise(R1)));
    two.run(
        level.at(step.times(R1)),
        a.is(step.ofState(R2)),
        b.is(step.ofNoise(R2)),
        c.is(step.ofDifference(R2, R2 / R1)));
    return errorNorm.of(
        three.run(
            level.at(step.times(R2)),
            a.is(step.ofState(1)),
            b.is(step.ofNoise(1)),
            c.is(step.ofDifference(1, 1 / R2)),
            c1.is(step.ofFirstDifference())));
  }

  @Override
  public void advance(Steps tried, boolean[] taken, Steps next) {
    double[] moves = new double[taken.length];
    moved = false;
    for (int i = 0; i < moves.length; i++) {
      moves[i] = taken[i] ? 1 : 0;
      moved |= taken[i];
    }
    if (moved) {
      advance.run(level.at(new Step(sde, tried, last).times(0)), accepted.is(moves));
    }
  }

  /** Coefficients of one step of every sample; a sample that has arrived makes a step of none. */
  private record Step(Sde sde, Steps steps, double last) {

    private double h(int i) {
      return steps.to()[i] - steps.from()[i];
    }

    private double time(int i, double part) {
      double at = part == 1 ? steps.to()[i] : steps.from()[i] + part * h(i);
      if (at == last) {
        return sde.startTime();
      }
      return Math.max(sde.startTime(), sde.timeAt(2 * at));
    }

    double[] times(double part) {
      return each(i -> time(i, part));
    }

    double[] ofState(double part) {
      return each(i -> sde.alpha(time(i, part)) / sde.alpha(time(i, 0)));
    }

    double[] ofNoise(double part) {
      return each(i -> -sde.sigma(time(i, part)) * Math.expm1(part * h(i)));
    }

    double[] ofDifference(double part, double ratio) {
      return each(i -> -sde.sigma(time(i, part)) * ratio * excess(part * h(i)));
    }

    double[] ofFirstDifference() {
      return each(i -> -sde.sigma(time(i, 1)) * Math.expm1(h(i)) / (2 * R1));
    }

    /** {@code expm1(h) / h - 1}. */
    private static double excess(double h) {
      return h == 0 ? 0 : Math.expm1(h) / h - 1;
    }

    private double[] each(IntToDoubleFunction value) {
      double[] values = new double[steps.from().length];
      Arrays.setAll(values, value);
      return values;
    }
  }
}

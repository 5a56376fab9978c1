package org.score4j.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.score4j.api.Kernel;
import org.score4j.api.LevelPerSample;
import org.score4j.api.LevelTensors;
import org.score4j.api.PerSample;
import org.score4j.api.Register;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Sde;
import org.score4j.solver.AdaptiveSteps;
import org.score4j.solver.AdaptiveSteps.Steps;
import org.score4j.solver.ErrorNorm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
  private final LevelPerSample level;
  private final Register u;
  private final PerSample a;
  private final PerSample b;
  private final PerSample c;
  private final PerSample c1;
  private final PerSample accepted;
  private final Kernel begin;
  private final Kernel zero;
  private final Kernel one;
  private final Kernel two;
  private final Kernel three;
  private final Kernel advance;
  private boolean moved;

  /** Compiles the method for the state of a graph; {@code level} is that of each evaluation. */
  EmbeddedDpmSolver(
      SamplerGraph graph, LevelPerSample level, double rtol, double atol, ErrorNorm errorNorm) {
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

    begin = graph.kernel("begin", u.set(x.value()), previousLow.set(x.value()));
    zero = graph.kernel("stage0", e.set(noise));
    var linear = tf.math.add(times(tf, a, x.value()), times(tf, b, e.value()));
    one = graph.kernel("point1", u.set(linear));
    var d = tf.math.sub(noise, e.value());
    var corrected = tf.math.add(linear, times(tf, c, d));
    two = graph.kernel("stage1", d1.set(d), u.set(corrected));
    var second = tf.math.add(linear, times(tf, c1, d1.value()));
    var larger = tf.math.maximum(tf.math.abs(second), tf.math.abs(previousLow.value()));
    var unit =
        tf.math.maximum(tf.constant((float) atol), tf.math.mul(tf.constant((float) rtol), larger));
    var error = ErrorNorm.meanSquare(tf, tf.math.div(tf.math.sub(second, corrected), unit));
    three = graph.kernel("stage2", List.of(error), low.set(second), high.set(corrected));
    var mask =
        tf.math.greater(LevelTensors.align(tf, accepted.value(), x.value()), tf.constant(0.5f));
    var here = graph.at(x, level);
    var next = tf.select(mask, high.value(), here.x());
    advance =
        graph.kernel(
            "advance",
            x.set(next),
            u.set(next),
            previousLow.set(tf.select(mask, low.value(), previousLow.value())));
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
    one.run(a.are(step.ofState(R1)), b.are(step.ofNoise(R1)));
    two.run(
        level.at(step.times(R1)),
        a.are(step.ofState(R2)),
        b.are(step.ofNoise(R2)),
        c.are(step.ofDifference(R2, R2 / R1)));
    return errorNorm.of(
        three.run(
            level.at(step.times(R2)),
            a.are(step.ofState(1)),
            b.are(step.ofNoise(1)),
            c.are(step.ofDifference(1, 1 / R2)),
            c1.are(step.ofFirstDifference())));
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
      advance.run(level.at(new Step(sde, tried, last).times(0)), accepted.are(moves));
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

  private static Operand<TFloat32> times(Ops tf, PerSample factor, Operand<TFloat32> x) {
    return tf.math.mul(LevelTensors.align(tf, factor.value(), x), x);
  }
}

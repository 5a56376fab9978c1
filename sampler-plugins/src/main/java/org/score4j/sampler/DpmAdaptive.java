package org.score4j.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.score4j.api.LevelTensors;
import org.score4j.api.PerSample;
import org.score4j.api.PluginName;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.api.Validation;
import org.score4j.solver.AdaptiveSteps;
import org.score4j.solver.AdaptiveSteps.Steps;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.PidController;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * DPM-Solver-12 and -23's adaptive step (Lu et al. 2022, "DPM-Solver", algorithm 2 and appendix C)
 * at order 3, with the PID control of k-diffusion's {@code sample_dpm_adaptive}. In {@code lambda =
 * ln(alpha / sigma)}, from s to t, {@code h = lambda_t - lambda_s}, r1 = 1/3, r2 = 2/3, and with
 * subscripts 1, 2 for the levels at {@code lambda_s + r1 h} and {@code lambda_s + r2 h}:
 *
 * <pre>
 *   e    = noise(x, s)
 *   u1   = alpha_1/alpha_s x - sigma_1 expm1(r1 h) e
 *   D1   = noise(u1, 1) - e
 *   u2   = alpha_2/alpha_s x - sigma_2 (expm1(r2 h) e + r2/r1 (expm1(r2 h)/(r2 h) - 1) D1)
 *   D2   = noise(u2, 2) - e
 *   low  = alpha_t/alpha_s x - sigma_t (expm1(h) e + expm1(h)/(2 r1) D1)             (order 2)
 *   high = alpha_t/alpha_s x - sigma_t (expm1(h) e + (expm1(h)/h - 1)/r2 D2)         (order 3)
 *   error = | (low - high) / max(atol, rtol max(|low|, |previous low|)) |,  root mean square
 *   accepted: x = high, previous low = low, s = t
 * </pre>
 *
 * <p>Deterministic given the prior's draw. A step is three evaluations of the network, two if it
 * follows a refused one.
 *
 * @param rtol tolerance of a step's error relative to the state, above 0
 * @param atol absolute tolerance of a step's error, above 0: 0.0078 is 1/128, a byte of an image in
 *     [-1, 1]
 * @param errorNorm over what a step's error is averaged
 * @param firstStep h of the first step, above 0
 * @param longestStep the largest h, above 0; without a bound, steps grow to h = 5 where the noise
 *     hardly changes with lambda, and the estimate says nothing of a step that long
 * @param proportional P of {@link PidController}, 0 or above
 * @param integral I, above 0
 * @param derivative D, 0 or above
 * @param acceptSafety below which change of the step it is refused, in (0, 1)
 * @param denoise whether to return the expected clean data instead of the state at the start time
 */
@PluginName("dpm-adaptive")
public record DpmAdaptive(
    double rtol,
    double atol,
    ErrorNorm errorNorm,
    double firstStep,
    double longestStep,
    double proportional,
    double integral,
    double derivative,
    double acceptSafety,
    boolean denoise)
    implements Sampler {
  private static final int ORDER = 3;
  private static final double R1 = 1.0 / 3;
  private static final double R2 = 2.0 / 3;

  /** As in k-diffusion, but each sample in its own steps, none above 1, and denoised. */
  public DpmAdaptive() {
    this(0.05, 0.0078, ErrorNorm.PER_SAMPLE, 0.05, 1, 0, 1, 0, 0.81, true);
  }

  /** Checks the components. */
  public DpmAdaptive {
    Validation.begin()
        .positive("rtol", rtol)
        .positive("atol", atol)
        .positive("firstStep", firstStep)
        .rule(longestStep > 0, "longestStep", longestStep, "must be above 0")
        .notNegative("proportional", proportional)
        .positive("integral", integral)
        .notNegative("derivative", derivative)
        .rule(
            acceptSafety > 0 && acceptSafety < 1,
            "acceptSafety",
            acceptSafety,
            "must lie between 0 and 1, both excluded")
        .end();
  }

  @Override
  public SamplingLoop build(SamplerGraph graph) {
    var tf = graph.tf();
    var x = graph.state();
    var low = graph.register("low");
    var high = graph.register("high");
    var previousLow = graph.register("previousLow");
    var e = graph.register("noise");
    var d1 = graph.register("firstDifference");
    // The point where the noise is taken: one copy of the network serves all stages.
    var u = graph.register("point");
    var level = graph.levelPerSample("t");
    var a = graph.perSample("ofState");
    var b = graph.perSample("ofNoise");
    var c = graph.perSample("ofDifference");
    var c1 = graph.perSample("ofFirstDifference");
    var accepted = graph.perSample("accepted");
    var noise = graph.at(u, level).noise();

    var begin = graph.kernel("begin", u.set(x.value()), previousLow.set(x.value()));
    var zero = graph.kernel("stage0", e.set(noise));
    var linear = tf.math.add(times(tf, a, x.value()), times(tf, b, e.value()));
    var one = graph.kernel("point1", u.set(linear));
    var d = tf.math.sub(noise, e.value());
    var corrected = tf.math.add(linear, times(tf, c, d));
    var two = graph.kernel("stage1", d1.set(d), u.set(corrected));
    var second = tf.math.add(linear, times(tf, c1, d1.value()));
    var larger = tf.math.maximum(tf.math.abs(second), tf.math.abs(previousLow.value()));
    var unit =
        tf.math.maximum(tf.constant((float) atol), tf.math.mul(tf.constant((float) rtol), larger));
    var error = ErrorNorm.meanSquare(tf, tf.math.div(tf.math.sub(second, corrected), unit));
    var three = graph.kernel("stage2", List.of(error), low.set(second), high.set(corrected));
    var mask =
        tf.math.greater(LevelTensors.align(tf, accepted.value(), x.value()), tf.constant(0.5f));
    var here = graph.at(x, level);
    var next = tf.select(mask, high.value(), here.x());
    var advance =
        graph.kernel(
            "advance",
            x.set(next),
            u.set(next),
            previousLow.set(tf.select(mask, low.value(), previousLow.value())));
    // The point is the state by then, and is written so that the state is visited a last time.
    var finish = graph.kernel("denoise", x.set(graph.at(u, level).denoised()), u.set(here.x()));

    Sde sde = graph.sde();
    double first = sde.logSnr(sde.endTime()) / 2;
    double last = sde.logSnr(sde.startTime()) / 2;
    double[] lengths = new double[graph.batch()];
    Arrays.fill(lengths, firstStep);
    var gains =
        new PidController.Gains(
            proportional, integral, derivative, ORDER, acceptSafety, longestStep);
    var steps = new AdaptiveSteps("lambda", 1e-9, length -> new PidController(length, gains));
    var method =
        new AdaptiveSteps.Method() {
          private boolean moved;

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
        };
    return progress -> {
      steps.run(first, last, lengths, method, progress);
      if (denoise) {
        double[] starts = new double[lengths.length];
        Arrays.fill(starts, sde.startTime());
        finish.run(level.at(starts));
      }
    };
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

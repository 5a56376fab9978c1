package org.score4j.loss;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Transition;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The hybrid loss of improved DDPM (Nichol and Dhariwal 2021, eq. 15 and 16), for a model that has
 * learned the variance of a reverse step besides its mean:
 *
 * <pre>
 *   |noise(x, t) - z|^2 + weight T L_k,    x = alpha x_0 + sigma z,    t = endTime k / T,
 *   variance = exp(v ln sigma_ts^2 + (1 - v) ln beta-tilde),   beta-tilde = (sigma_s sigma_ts / sigma_t)^2,
 *   L_k = KL(p(x_s | x_t, x_0) || N(mean(x_t), variance)),   s = endTime (k - 1) / T,
 *   L_1 = -ln p(x_0 | x_t),
 * </pre>
 *
 * <p>both terms a mean over dimensions, L in bits, k uniform on 1 ... T. L teaches the variance
 * alone: the mean's error in it is a constant to gradients. As beta-tilde is 0 for the last step,
 * that of k = 2 takes its place.
 *
 * @param steps T, 2 or more
 * @param weight of the sum of L over the steps
 * @param dataLevels how many values data take, evenly from -1 to 1, each of which L_1 gives a
 *     probability: 256 for images; 0 for data that take any value, to which L_1 gives a density
 */
@PluginName("learned-variance")
public record LearnedVariance(int steps, double weight, int dataLevels) implements Loss {
  private static final double LEAST_PROBABILITY = 1e-12;

  /** Checks the components. */
  public LearnedVariance {
    Validation.begin()
        .count("steps", steps, 2)
        .notNegative("weight", weight)
        .rule(
            dataLevels == 0 || dataLevels >= 2, "dataLevels", dataLevels, "must be 0, or 2 or more")
        .end();
  }

  /** A thousand steps, weight 0.001, images of 256 grey levels. */
  public LearnedVariance() {
    this(1000, 1e-3, 256);
  }

  @Override
  public double[] drawTimes(Sde sde, int batch, RandomGenerator random) {
    return new DiscreteTimes(steps).draw(sde, batch, random);
  }

  @Override
  public Operand<TFloat32> perExample(LossGraph graph) {
    var tf = graph.tf();
    Sde sde = graph.sde();
    Validation.begin()
        .rule(
            sde.sigma(0) == 0,
            "type",
            "\"learned-variance\"",
            "must be another loss for a process that does not start from clean data")
        .end();
    var noised = NoisedData.draw(graph);
    var field = graph.field();
    var v =
        field
            .varianceInterpolation(noised.x(), graph.level())
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "type",
                        "\"learned-variance\"",
                        "must be another loss for a model without \"learnedVariance\": true"));
    var error = tf.math.sub(field.noise(noised.x(), graph.level()), noised.noise());
    var simple = Reduction.MEAN.of(tf, tf.math.square(error));
    var bound = Reduction.MEAN.of(tf, bound(graph, v, tf.stopGradient(error)));
    var bits = tf.constant((float) (weight * steps / Math.log(2)));
    return tf.math.add(simple, tf.math.mul(bits, bound));
  }

  /** L_k in each dimension, in nats; with range = ln(sigma_ts^2 / beta-tilde). */
  private Operand<TFloat32> bound(
      LossGraph graph, Operand<TFloat32> v, Operand<TFloat32> noiseError) {
    var tf = graph.tf();
    Sde sde = graph.sde();
    var range = coefficient(graph, "range", l -> range(sde, l));
    var relative = coefficient(graph, "relativeError", l -> relativeError(sde, l));
    var last = coefficient(graph, "last", l -> step(sde, l) == 1 ? 1 : 0);
    var deviation = coefficient(graph, "transition", l -> transition(sde, l).sigma());

    // All in units of sigma_ts^2: ln variance, and the error of the mean.
    var logVariance = tf.math.mul(tf.math.sub(v, tf.constant(1f)), range);
    var error = tf.math.mul(relative, noiseError);
    var misfit = tf.math.mul(tf.math.square(error), tf.math.exp(tf.math.neg(logVariance)));
    var logRatio = tf.math.mul(v, range);
    var divergence =
        tf.math.mul(
            tf.constant(0.5f),
            tf.math.add(
                misfit,
                tf.math.add(
                    tf.math.sub(logRatio, tf.constant(1f)), tf.math.exp(tf.math.neg(logRatio)))));
    var surprise =
        dataLevels == 0
            ? density(tf, logVariance, misfit, deviation)
            : probability(tf, graph.data(), tf.math.mul(error, deviation), logVariance, deviation);
    return tf.select(tf.math.greater(last, tf.constant(0.5f)), surprise, divergence);
  }

  /** -ln N(x_0; mean, variance). */
  private static Operand<TFloat32> density(
      Ops tf,
      Operand<TFloat32> logVariance,
      Operand<TFloat32> misfit,
      Operand<TFloat32> deviation) {
    var logScale =
        tf.math.add(
            tf.math.mul(tf.math.log(deviation), tf.constant(2f)),
            tf.constant((float) Math.log(2 * Math.PI)));
    return tf.math.mul(tf.constant(0.5f), tf.math.add(misfit, tf.math.add(logVariance, logScale)));
  }

  /** Minus the logarithm of what N(mean, variance) gives to the bin of x_0; outer bins are open. */
  private Operand<TFloat32> probability(
      Ops tf,
      Operand<TFloat32> data,
      Operand<TFloat32> error,
      Operand<TFloat32> logVariance,
      Operand<TFloat32> deviation) {
    double half = 1.0 / (dataLevels - 1);
    var scale =
        tf.math.mul(
            tf.math.mul(deviation, tf.math.exp(tf.math.mul(logVariance, tf.constant(0.5f)))),
            tf.constant((float) Math.sqrt(2)));
    var upper = tf.math.erf(tf.math.div(tf.math.add(error, tf.constant((float) half)), scale));
    var lower = tf.math.erf(tf.math.div(tf.math.sub(error, tf.constant((float) half)), scale));
    var top = tf.math.greater(data, tf.constant((float) (1 - half)));
    var bottom = tf.math.less(data, tf.constant((float) (half - 1)));
    var mass =
        tf.math.mul(
            tf.constant(0.5f),
            tf.math.sub(
                tf.select(top, tf.constant(1f), upper),
                tf.select(bottom, tf.constant(-1f), lower)));
    return tf.math.neg(tf.math.log(tf.math.maximum(mass, tf.constant((float) LEAST_PROBABILITY))));
  }

  private Operand<TFloat32> coefficient(
      LossGraph graph, String name, ToDoubleFunction<NoiseLevel> of) {
    return LevelTensors.align(graph.tf(), graph.coefficient(name, of), graph.data());
  }

  /** k. */
  private long step(Sde sde, NoiseLevel level) {
    return Math.round(level.t() * steps / sde.endTime());
  }

  /** From s to t. */
  private Transition transition(Sde sde, NoiseLevel level) {
    return sde.transition(time(sde, step(sde, level) - 1), level.t());
  }

  private double time(Sde sde, long step) {
    return sde.endTime() * step / steps;
  }

  /** ln(sigma_ts^2 / beta-tilde) = 2 ln(sigma_t / sigma_s). */
  private double range(Sde sde, NoiseLevel level) {
    long k = step(sde, level);
    return 2
        * (k == 1
            ? Math.log(sde.sigma(time(sde, 2)))
                - Math.log(sde.transition(level.t(), time(sde, 2)).sigma())
            : Math.log(level.sigma()) - Math.log(sde.sigma(time(sde, k - 1))));
  }

  /** What an error of the noise makes of the mean's, in units of sigma_ts. */
  private double relativeError(Sde sde, NoiseLevel level) {
    Transition forward = transition(sde, level);
    return forward.sigma() / (level.sigma() * forward.alpha());
  }
}

package org.score4j.loss;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PluginName;
import org.score4j.api.Sde;
import org.score4j.api.Term;
import org.score4j.api.Transition;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
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
    var error = Term.of(tf, field.noise(noised.x(), graph.level())).minus(noised.noise());
    var simple = Reduction.MEAN.of(tf, error.squared());
    var bound =
        Reduction.MEAN.of(tf, bound(graph, Term.of(tf, v), Term.of(tf, tf.stopGradient(error))));
    return simple.plus(bound.times(weight * steps / Math.log(2)));
  }

  /** L_k in each dimension, in nats; with range = ln(sigma_ts^2 / beta-tilde). */
  private Operand<TFloat32> bound(LossGraph graph, Term v, Term noiseError) {
    var tf = graph.tf();
    Sde sde = graph.sde();
    var range = coefficient(graph, "range", l -> range(sde, l));
    var relative = coefficient(graph, "relativeError", l -> relativeError(sde, l));
    var last = coefficient(graph, "last", l -> step(sde, l) == 1 ? 1 : 0);
    var deviation = coefficient(graph, "transition", l -> transition(sde, l).sigma());

    // All in units of sigma_ts^2: ln variance, and the error of the mean.
    var logVariance = v.minus(1).times(range);
    var error = relative.times(noiseError);
    var misfit = error.squared().times(logVariance.negated().exp());
    var logRatio = v.times(range);
    var excess = logRatio.minus(1).plus(logRatio.negated().exp());
    var divergence = misfit.plus(excess).times(0.5);
    var surprise =
        dataLevels == 0
            ? density(logVariance, misfit, deviation)
            : probability(graph.data(), error.times(deviation), logVariance, deviation);
    return tf.select(tf.math.greater(last, tf.constant(0.5f)), surprise, divergence);
  }

  /** -ln N(x_0; mean, variance). */
  private static Term density(Term logVariance, Term misfit, Term deviation) {
    var logScale = deviation.log().times(2).plus(Math.log(2 * Math.PI));
    return misfit.plus(logVariance.plus(logScale)).times(0.5);
  }

  /** Minus the logarithm of what N(mean, variance) gives to the bin of x_0; outer bins are open. */
  private Term probability(Term data, Term error, Term logVariance, Term deviation) {
    var tf = data.tf();
    double half = 1.0 / (dataLevels - 1);
    var scale = deviation.times(logVariance.times(0.5).exp()).times(Math.sqrt(2));
    var upper = tf.math.erf(error.plus(half).over(scale));
    var lower = tf.math.erf(error.minus(half).over(scale));
    var top = tf.math.greater(data, tf.constant((float) (1 - half)));
    var bottom = tf.math.less(data, tf.constant((float) (half - 1)));
    var toUpper = Term.of(tf, tf.select(top, tf.constant(1f), upper));
    var mass = toUpper.minus(tf.select(bottom, tf.constant(-1f), lower)).times(0.5);
    return mass.max(LEAST_PROBABILITY).log().negated();
  }

  private Term coefficient(LossGraph graph, String name, ToDoubleFunction<NoiseLevel> of) {
    return graph.coefficient(name, of).along(graph.data());
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

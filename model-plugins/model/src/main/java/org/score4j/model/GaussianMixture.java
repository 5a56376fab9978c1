package org.score4j.model;

import java.util.List;
import java.util.function.Function;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.MixtureComponent;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * The exact score of a Gaussian mixture under any forward process: the sum over components, every
 * dimension with its own variance v_k = alpha^2 sd_k^2 + sigma^2,
 *
 * <pre>
 *   p_t(x) = sum_k w_k N(x; alpha mu_k, v_k),
 *   score = sum_k r_k (alpha mu_k - x) / v_k,    r = softmax_k(ln w_k + ln N(x; alpha mu_k, v_k)).
 * </pre>
 *
 * <p>It has no parameters and stands where a network would, so that samplers, losses and metrics
 * can be held against the truth. If {@code conditional}, it is the score of component k alone for
 * an example with label k, and of the whole mixture for label -1. Data of any shape with as many
 * numbers as the means have will do. The score is infinite where both sigma and a standard
 * deviation are 0.
 *
 * <p>The graph computes in float64, for r is the softmax of small differences of large numbers. It
 * predicts the SCORE: of it, noise and denoised data follow to rounding, whereas a score from
 * denoised data would lose |x| / sigma^2 of rounding error where sigma is small.
 *
 * @param components the mixture
 * @param conditional whether labels, numbers of components, are heeded
 */
@PluginName("gaussian-mixture")
public record GaussianMixture(List<MixtureComponent> components, boolean conditional)
    implements ScoreModel {

  /** Checks the components. */
  public GaussianMixture {
    components = List.copyOf(components);
    Validation.begin()
        .notEmpty("components", components)
        .rule(
            components.stream().mapToInt(c -> c.mean().size()).distinct().count() <= 1,
            "components",
            components,
            "must have means of one length")
        .end();
  }

  /** A mixture that heeds no labels. */
  public GaussianMixture(List<MixtureComponent> components) {
    this(components, false);
  }

  /** One fifth N((-5, -5), I), four fifths N((5, 5), I) (Song and Ermon 2019, section 3.2.2). */
  public GaussianMixture() {
    this(
        List.of(
            new MixtureComponent(0.2, List.of(-5.0, -5.0), List.of(1.0, 1.0)),
            new MixtureComponent(0.8, List.of(5.0, 5.0), List.of(1.0, 1.0))));
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    int dimensions = components.get(0).mean().size();
    long[] shape = x.shape().asArray();
    shape[0] = -1;
    if (x.shape().tail().size() != dimensions) {
      throw new InvalidValueException(
          "components",
          "means of " + dimensions + " numbers",
          "must have means of "
              + x.shape().tail().size()
              + " numbers where data have shape "
              + x.shape().tail());
    }

    // Axes: example, component, dimension.
    var points = tf.reshape(wide(tf, x), tf.constant(new int[] {-1, 1, dimensions}));
    var alpha = tf.reshape(wide(tf, level.alpha()), tf.constant(new int[] {-1, 1, 1}));
    var sigma = tf.reshape(wide(tf, level.sigma()), tf.constant(new int[] {-1, 1, 1}));
    var variance =
        tf.math.add(
            tf.math.square(tf.math.mul(alpha, constant(tf, MixtureComponent::standardDeviation))),
            tf.math.square(sigma));
    var offset = tf.math.sub(tf.math.mul(alpha, constant(tf, MixtureComponent::mean)), points);
    var pull = tf.math.div(offset, variance);
    var twiceMinusLog =
        tf.reduceSum(tf.math.add(tf.math.mul(offset, pull), tf.math.log(variance)), tf.constant(2));
    var logs = tf.math.sub(logWeights(tf), tf.math.mul(twiceMinusLog, tf.constant(0.5)));
    var responsibility =
        tf.reshape(
            tf.nn.softmax(chosen(tf, logs, condition)),
            tf.constant(new int[] {-1, components.size(), 1}));
    var score = tf.reduceSum(tf.math.mul(responsibility, pull), tf.constant(1));
    return tf.reshape(tf.dtypes.cast(score, TFloat32.class), tf.constant(shape));
  }

  @Override
  public Prediction prediction() {
    return Prediction.SCORE;
  }

  /** Rules out, for an example with a label, all components but that one. */
  private Operand<TFloat64> chosen(Ops tf, Operand<TFloat64> logs, Condition condition) {
    if (!conditional) {
      return logs;
    }
    Validation.begin()
        .rule(
            condition.classes() == components.size(),
            "conditional",
            true,
            "must be false unless the data have as many classes as there are components ("
                + components.size()
                + "), not "
                + condition.classes())
        .end();
    var label = tf.reshape(condition.labels().get(), tf.constant(new int[] {-1, 1}));
    int[] numbers = new int[components.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = k;
    }
    var allowed =
        tf.math.logicalOr(
            tf.math.less(label, tf.constant(0)),
            tf.math.equal(label, tf.constant(new int[][] {numbers})));
    return tf.select(allowed, logs, tf.constant(Double.NEGATIVE_INFINITY));
  }

  private Operand<TFloat64> logWeights(Ops tf) {
    return tf.constant(
        new double[][] {components.stream().mapToDouble(c -> Math.log(c.weight())).toArray()});
  }

  private Operand<TFloat64> constant(Ops tf, Function<MixtureComponent, List<Double>> part) {
    double[][] rows =
        components.stream()
            .map(c -> part.apply(c).stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    return tf.constant(new double[][][] {rows});
  }

  private static Operand<TFloat64> wide(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }
}

package org.score4j.testkit;

import org.score4j.api.Condition;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The exact score of data whose coordinates are independent draws from {@code (1 - w) N(low, d^2) +
 * w N(high, d^2)}: with {@code V = alpha^2 d^2 + sigma^2},
 *
 * <pre>
 *   r = P(high | x) = sigmoid(ln(w / (1 - w)) + alpha (high - low) (x - alpha (low + high)/2) / V)
 *   score = (alpha (low + r (high - low)) - x) / V.
 * </pre>
 *
 * @param high the upper mode
 * @param low the lower mode; equal to {@code high} if the data are Gaussian
 * @param weight w, of the upper mode, in (0, 1)
 * @param deviation d, of each mode
 */
public record TwoModes(double low, double high, double weight, double deviation)
    implements ScoreModel {

  /** Gaussian data: both modes at one place. */
  public static TwoModes gaussian(double mean, double deviation) {
    return new TwoModes(mean, mean, 0.5, deviation);
  }

  @Override
  public Prediction prediction() {
    return Prediction.SCORE;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    return score(scope.tf(), x, level);
  }

  /** The score at x; same shape. */
  Operand<TFloat32> score(Ops tf, Operand<TFloat32> x, LevelTensors level) {
    var alpha = LevelTensors.align(tf, level.alpha(), x);
    var r = tf.math.sigmoid(logOdds(tf, x, level));
    var centre =
        tf.math.add(tf.constant((float) low), tf.math.mul(r, tf.constant((float) (high - low))));
    return tf.math.div(tf.math.sub(tf.math.mul(alpha, centre), x), variance(tf, x, level));
  }

  /** ln(r / (1 - r)) of each coordinate of x. */
  Operand<TFloat32> logOdds(Ops tf, Operand<TFloat32> x, LevelTensors level) {
    var alpha = LevelTensors.align(tf, level.alpha(), x);
    var gap = tf.constant((float) (high - low));
    var middle = tf.math.mul(alpha, tf.constant((float) ((low + high) / 2)));
    var slope = tf.math.div(tf.math.mul(alpha, gap), variance(tf, x, level));
    var prior = tf.constant((float) Math.log(weight / (1 - weight)));
    return tf.math.add(prior, tf.math.mul(slope, tf.math.sub(x, middle)));
  }

  private Operand<TFloat32> variance(Ops tf, Operand<TFloat32> x, LevelTensors level) {
    var alpha = LevelTensors.align(tf, level.alpha(), x);
    var sigma = LevelTensors.align(tf, level.sigma(), x);
    var ofData = tf.constant((float) (deviation * deviation));
    return tf.math.add(tf.math.mul(tf.math.square(alpha), ofData), tf.math.square(sigma));
  }
}

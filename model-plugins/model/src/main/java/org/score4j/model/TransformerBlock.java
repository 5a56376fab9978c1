package org.score4j.model;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * The block of a diffusion transformer with adaLN-Zero (Peebles and Xie 2023, section 3.2), for
 * tokens x [B, T, D] and an embedding e [B, D] or [1, D]: with (shift, scale, gate), twice, = W e +
 * b, which starts at zero, and norm(x) of mean 0 and variance 1 over D,
 *
 * <pre>
 *   h = x + gate attention(norm(x) (1 + scale) + shift),
 *   h + gate' W_2 gelu(W_1 (norm(h) (1 + scale') + shift')).
 * </pre>
 *
 * @param heads of the attention, each over D / heads channels
 */
record TransformerBlock(int heads) {
  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);
  private static final float EPSILON = 1e-6f;

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, Operand<TFloat32> embedding) {
    var tf = scope.tf();
    int width = (int) x.shape().get(2);
    var parts = modulation(scope.child("modulation"), embedding, 6, width);
    var attended = attention(scope, modulated(scope, x, parts.get(0), parts.get(1)));
    var h = tf.math.add(x, tf.math.mul(parts.get(2), attended));
    var wide =
        dense(scope.child("dense0"), modulated(scope, h, parts.get(3), parts.get(4)), 4 * width);
    var changed = dense(scope.child("dense1"), gelu(scope, wide), width);
    return tf.math.add(h, tf.math.mul(parts.get(5), changed));
  }

  /** Vectors [B, 1, D] that start at zero. */
  static List<Operand<TFloat32>> modulation(
      ModelScope scope, Operand<TFloat32> embedding, int count, int width) {
    var tf = scope.tf();
    var all =
        new Dense(count * width, Initializer.zeros(), Precision.FLOAT32).apply(scope, embedding);
    var rows = tf.reshape(all, tf.constant(new int[] {-1, 1, count * width}));
    return List.copyOf(tf.split(tf.constant(2), rows, (long) count).output());
  }

  /** norm(x) (1 + scale) + shift. */
  static Operand<TFloat32> modulated(
      ModelScope scope, Operand<TFloat32> x, Operand<TFloat32> shift, Operand<TFloat32> scale) {
    var tf = scope.tf();
    var last = tf.constant(2);
    var centred = tf.math.sub(x, tf.math.mean(x, last, Mean.keepDims(true)));
    var variance = tf.math.mean(tf.math.square(centred), last, Mean.keepDims(true));
    var normal = tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
    return tf.math.add(tf.math.mul(normal, tf.math.add(scale, tf.constant(1f))), shift);
  }

  private Operand<TFloat32> attention(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    int width = (int) x.shape().get(2);
    var products = new Products(scope, scope.precision());
    var qkv = dense(scope.child("qkv"), x, 3 * width);
    // Cut by channel, heads need no transposition.
    var parts = tf.split(tf.constant(2), qkv, 3L * heads).output();
    var temperature = tf.constant((float) (1 / Math.sqrt((double) width / heads)));
    var attended = new ArrayList<Operand<TFloat32>>();
    for (int head = 0; head < heads; head++) {
      var q = tf.math.mul(parts.get(head), temperature);
      var weights = tf.nn.softmax(products.matrices(q, parts.get(heads + head), true));
      attended.add(products.matrices(weights, parts.get(2 * heads + head), false));
    }
    var mixed = heads == 1 ? attended.get(0) : tf.concat(attended, tf.constant(2));
    return dense(scope.child("out"), mixed, width);
  }

  /** x W + b for tokens [B, T, D], T and D known. */
  private static Operand<TFloat32> dense(ModelScope scope, Operand<TFloat32> x, int units) {
    var tf = scope.tf();
    int tokens = (int) x.shape().get(1);
    var rows = tf.reshape(x, tf.constant(new int[] {-1, (int) x.shape().get(2)}));
    return tf.reshape(
        new Dense(units, FAN_AVERAGE, scope.precision()).apply(scope, rows),
        tf.constant(new int[] {-1, tokens, units}));
  }

  /** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016). */
  private static Operand<TFloat32> gelu(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    var cubic = tf.math.mul(tf.math.mul(tf.math.square(x), x), tf.constant(0.044715f));
    var bend =
        tf.math.tanh(
            tf.math.mul(tf.math.add(x, cubic), tf.constant((float) Math.sqrt(2 / Math.PI))));
    return tf.math.mul(tf.math.mul(x, tf.constant(0.5f)), tf.math.add(bend, tf.constant(1f)));
  }
}

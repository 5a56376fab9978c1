package org.score4j.model;

import java.util.ArrayList;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Self-attention among the pixels of x [B, H, W, C] (Vaswani et al. 2017; Ho et al. 2020): with q,
 * k, v linear in the group-normalised x,
 *
 * <pre>  x + W softmax(q k^T / sqrt(C / heads)) v + b,</pre>
 *
 * W starting at zero. The softmax is float32 whatever the precision.
 *
 * @param heads number of independent attentions, each over C / heads channels; divides C
 * @param norm of x
 * @param projections where the joint kernel [1, 1, C, 3 C] of q, k and v starts
 * @param sum adds the attention to x
 */
record Attention(int heads, GroupNorm norm, Initializer projections, ResidualSum sum) {

  Attention(int heads) {
    this(heads, new GroupNorm(), Initializer.fanAverageUniform(1), ResidualSum.PLAIN);
  }

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    int channels = (int) x.shape().get(3);
    var precision = scope.precision();
    var products = new Products(scope, precision);

    var normal = norm.apply(scope.child("norm"), x);
    var qkv =
        new Convolution(1, 1, 3 * channels, projections, precision)
            .apply(scope.child("qkv"), normal);
    var tokens = tf.reshape(qkv, tf.constant(new long[] {-1, height * width, 3L * channels}));
    // Cut by channel, heads need no transposition to [B, heads, pixels, C / heads].
    var parts = tf.split(tf.constant(2), tokens, 3L * heads).output();
    var temperature = tf.constant((float) (1 / Math.sqrt((double) channels / heads)));
    var attended = new ArrayList<Operand<TFloat32>>();
    for (int head = 0; head < heads; head++) {
      var q = tf.math.mul(parts.get(head), temperature);
      var weights = tf.nn.softmax(products.matrices(q, parts.get(heads + head), true));
      attended.add(products.matrices(weights, parts.get(2 * heads + head), false));
    }
    var mixed = heads == 1 ? attended.get(0) : tf.concat(attended, tf.constant(2));
    var image = tf.reshape(mixed, tf.constant(new long[] {-1, height, width, channels}));
    return sum.of(
        tf,
        x,
        new Convolution(1, 1, channels, Initializer.zeros(), precision)
            .apply(scope.child("out"), image));
  }
}

package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * RefineNet's chained residual pooling (CRP, Lin et al. 2017) for x [B, H, W, C]; same shape: a
 * chain of two pools, each followed by a 3x3 convolution without bias, starts from act(x), and its
 * every link is added to act(x). Each pool sees normalised activations.
 */
record ChainedResidualPooling(Pooling pooling, Normalization normalization, Activation activation) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    int channels = (int) x.shape().get(3);
    var convolution = new NcsnConvolution(3, 1, channels, false, scope.precision());
    var sum = activation.apply(scope, x);
    var link = sum;
    for (int i = 0; i < 2; i++) {
      var normal = normalization.apply(scope.child("norm" + i), link);
      link = convolution.apply(scope.child("conv" + i), pooling.apply(tf, normal));
      sum = tf.math.add(link, sum);
    }
    return sum;
  }
}

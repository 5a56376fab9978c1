package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * RefineNet's residual convolution units (RCU, Lin et al. 2017), one after the other, for x [B, H,
 * W, C]; same shape:
 *
 * <pre>  x + conv3x3(act(norm(conv3x3(act(norm(x))))))</pre>
 *
 * with no bias.
 *
 * @param units how many
 */
record ResidualConvolutionUnits(int units, Normalization normalization, Activation activation) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    int channels = (int) x.shape().get(3);
    var convolution = new NcsnConvolution(3, 1, channels, false, scope.precision());
    Operand<TFloat32> sum = x;
    for (int i = 0; i < units; i++) {
      var unit = scope.child("unit" + i);
      Operand<TFloat32> path = sum;
      for (int j = 0; j < 2; j++) {
        var normal = normalization.apply(unit.child("norm" + j), path);
        path = convolution.apply(unit.child("conv" + j), activation.apply(scope, normal));
      }
      sum = tf.math.add(path, sum);
    }
    return sum;
  }
}

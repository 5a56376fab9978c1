package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual block of NCSN (Song and Ermon 2019, appendix A) for x [B, H, W, C]:
 *
 * <pre>  skip(x) + conv3x3(act(norm(conv3x3(act(norm(x))))))</pre>
 *
 * <p>A block that goes down either halves height and width, by the mean of 2 x 2 pixels after its
 * last convolution and after a 1x1 convolution that skips; or, with a dilation, keeps them, and a
 * dilated 3x3 convolution skips. Any other block keeps C, and x skips as it is.
 *
 * @param channels of the result
 * @param down whether it is the first block of a stage that sees more of the image at once
 * @param dilation of the 3x3 convolutions
 */
record NcsnResidualBlock(
    int channels, boolean down, int dilation, Normalization normalization, Activation activation) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    var tf = scope.tf();
    int between = down ? (int) x.shape().get(3) : channels;
    var hidden = convolution(scope, 3, between).apply(scope.child("conv0"), active(scope, 0, x));
    var second = active(scope, 1, hidden);
    var last = convolution(scope, 3, channels);
    if (!down) {
      return tf.math.add(x, last.apply(scope.child("conv1"), second));
    }
    if (dilation > 1) {
      return tf.math.add(
          last.apply(scope.child("skip"), x), last.apply(scope.child("conv1"), second));
    }
    return tf.math.add(
        new ConvolutionMeanPool(convolution(scope, 1, channels)).apply(scope.child("skip"), x),
        new ConvolutionMeanPool(last).apply(scope.child("conv1"), second));
  }

  private NcsnConvolution convolution(ModelScope scope, int size, int outputs) {
    return new NcsnConvolution(size, dilation, outputs, true, scope.precision());
  }

  private Operand<TFloat32> active(ModelScope scope, int number, Operand<TFloat32> x) {
    return activation.apply(scope, normalization.apply(scope.child("norm" + number), x));
  }
}

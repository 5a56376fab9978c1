package org.score4j.model;

import java.util.List;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/**
 * RefineNet's multi-resolution fusion (MSF, Lin et al. 2017): each path [B, H_i, W_i, C_i] is
 * normalised, goes through a 3x3 convolution with bias to {@code channels}, and is brought to the
 * first path's height and width, corner on corner and linear between; the result is their sum.
 */
record MultiResolutionFusion(int channels, Normalization normalization) {

  Operand<TFloat32> apply(ModelScope scope, List<Operand<TFloat32>> paths) {
    int height = (int) paths.get(0).shape().get(1);
    int width = (int) paths.get(0).shape().get(2);
    var sum = convolved(scope, 0, paths.get(0));
    for (int i = 1; i < paths.size(); i++) {
      var path = resized(scope, convolved(scope, i, paths.get(i)), height, width);
      sum = scope.tf().math.add(sum, path);
    }
    return sum;
  }

  private Operand<TFloat32> convolved(ModelScope scope, int number, Operand<TFloat32> x) {
    return new NcsnConvolution(3, 1, channels, true, scope.precision())
        .apply(scope.child("conv" + number), normalization.apply(scope.child("norm" + number), x));
  }

  private static Operand<TFloat32> resized(
      ModelScope scope, Operand<TFloat32> x, int height, int width) {
    if (x.shape().get(1) == height && x.shape().get(2) == width) {
      return x;
    }
    var size = scope.tf().constant(new int[] {height, width});
    return scope.tf().image.resizeBilinear(x, size, ResizeBilinear.alignCorners(true));
  }
}

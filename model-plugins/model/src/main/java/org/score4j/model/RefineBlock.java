package org.score4j.model;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A block of RefineNet (Lin et al. 2017): two residual convolution units on each path, their
 * fusion, chained residual pooling, and more residual convolution units.
 *
 * @param channels of the result; a block of one path keeps the path's own
 * @param outputUnits residual convolution units at the end
 */
record RefineBlock(
    int channels,
    int outputUnits,
    Pooling pooling,
    Normalization normalization,
    Activation activation) {

  /**
   * Refines the first path [B, H, W, C] by what the others say.
   *
   * @return [B, H, W, channels]
   */
  Operand<TFloat32> apply(ModelScope scope, List<Operand<TFloat32>> paths) {
    var adapted = new ArrayList<Operand<TFloat32>>();
    for (var path : paths) {
      adapted.add(units(2).apply(scope.child("adapt" + adapted.size()), path));
    }
    var fused =
        paths.size() == 1
            ? adapted.get(0)
            : new MultiResolutionFusion(channels, normalization)
                .apply(scope.child("fuse"), adapted);
    var pooled =
        new ChainedResidualPooling(pooling, normalization, activation)
            .apply(scope.child("pool"), fused);
    return units(outputUnits).apply(scope.child("output"), pooled);
  }

  private ResidualConvolutionUnits units(int units) {
    return new ResidualConvolutionUnits(units, normalization, activation);
  }
}

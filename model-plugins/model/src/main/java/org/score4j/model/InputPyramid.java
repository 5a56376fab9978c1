package org.score4j.model;

import org.score4j.api.ModelScope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The input at smaller and smaller sizes, as far as the network's graph has been built. */
final class InputPyramid {
  private final NcsnPlusPlus options;
  private final Resampling resampling;
  private final ResidualSum sum;
  private Operand<TFloat32> pyramid;

  /**
   * A pyramid of one step.
   *
   * @param image the network's input [B, H, W, C]
   */
  InputPyramid(NcsnPlusPlus options, Resampling resampling, Operand<TFloat32> image) {
    this.options = options;
    this.resampling = resampling;
    this.sum = ResidualSum.of(options.skipRescale());
    this.pyramid = image;
  }

  /** Halves the pyramid and joins it with h, which has been halved already. */
  Operand<TFloat32> join(ModelScope scope, Operand<TFloat32> h) {
    return switch (options.progressiveInput()) {
      case NONE -> h;
      case INPUT_SKIP -> {
        pyramid = resampling.down(scope.tf(), pyramid);
        yield options.progressiveCombine().apply(scope.child("combine"), pyramid, h);
      }
      case RESIDUAL -> {
        var halved =
            new ResamplingConvolution(resampling, (int) h.shape().get(3))
                .down(scope.child("pyramid"), pyramid);
        pyramid = sum.of(scope.tf(), halved, h);
        yield pyramid;
      }
    };
  }
}

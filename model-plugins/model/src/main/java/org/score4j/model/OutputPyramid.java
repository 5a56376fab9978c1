package org.score4j.model;

import java.util.Optional;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The output at larger and larger sizes, as far as the network's graph has been built. */
final class OutputPyramid {
  private final NcsnPlusPlus options;
  private final Resampling resampling;
  private final ResidualSum sum;
  private final GroupNorm norm;
  private final int imageChannels;
  private Optional<Operand<TFloat32>> pyramid = Optional.empty();

  /**
   * A pyramid without a step.
   *
   * @param norm of h, wherever an output is made of it
   * @param imageChannels channels of the network's output
   */
  OutputPyramid(NcsnPlusPlus options, Resampling resampling, GroupNorm norm, int imageChannels) {
    this.options = options;
    this.resampling = resampling;
    this.sum = ResidualSum.of(options.skipRescale());
    this.norm = norm;
    this.imageChannels = imageChannels;
  }

  /** Adds what h has to say at its resolution; returns the h to go on with. */
  Operand<TFloat32> join(ModelScope scope, Operand<TFloat32> h) {
    return switch (options.progressive()) {
      case NONE -> h;
      case OUTPUT_SKIP -> {
        var image = image(scope.child("output"), h);
        pyramid =
            Optional.of(
                pyramid
                    .<Operand<TFloat32>>map(
                        p -> scope.tf().math.add(resampling.up(scope.tf(), p), image))
                    .orElse(image));
        yield h;
      }
      case RESIDUAL -> {
        var stream = scope.child("pyramid");
        int channels = (int) h.shape().get(3);
        if (pyramid.isEmpty()) {
          pyramid =
              Optional.of(
                  new Convolution(
                          3, 1, channels, Initializer.fanAverageUniform(1), scope.precision())
                      .apply(stream.child("conv"), normal(stream, h)));
          yield h;
        }
        var doubled = new ResamplingConvolution(resampling, channels).up(stream, pyramid.get());
        pyramid = Optional.of(sum.of(scope.tf(), doubled, h));
        yield pyramid.get();
      }
    };
  }

  /** The network's output, h being what its last resolution made. */
  Operand<TFloat32> output(ModelScope scope, Operand<TFloat32> h) {
    return options.progressive() == ProgressiveOutput.OUTPUT_SKIP
        ? pyramid.orElseThrow()
        : image(scope.child("output"), h);
  }

  /** Starts at zero; cheap, and rounding would show in the samples. */
  private Operand<TFloat32> image(ModelScope scope, Operand<TFloat32> h) {
    return new Convolution(3, 1, imageChannels, Initializer.zeros(), Precision.FLOAT32)
        .apply(scope.child("conv"), normal(scope, h));
  }

  private Operand<TFloat32> normal(ModelScope scope, Operand<TFloat32> h) {
    return options.activation().apply(scope, norm.apply(scope.child("norm"), h));
  }
}

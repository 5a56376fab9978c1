package org.score4j.model;

import java.util.ArrayList;
import java.util.List;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The dilated RefineNet of the NCSN papers for images x [B, H, W, C]; same shape, of any height and
 * width.
 *
 * <pre>
 *   input:     conv3x3 to widths[0]
 *   stage i:   two residual blocks of widths[i]; the first of every stage but stage 0 goes down,
 *              by halving the image or, in the last two stages, by dilations 2 and 4
 *   refine i:  from the last stage to stage 0, its output together with refine i + 1,
 *              to widths[i - 1]; the last block ends in three residual units, the others in one
 *   output:    norm, act, conv3x3
 * </pre>
 *
 * @param widths channels of each stage, at least 3 stages
 * @param stages normalisation in the residual blocks
 * @param end normalisation ahead of the output
 * @param refinement normalisation in the refining blocks
 */
record RefineNet(
    List<Integer> widths,
    Normalization stages,
    Normalization end,
    Normalization refinement,
    Pooling pooling,
    Activation activation) {

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x) {
    int last = widths.size() - 1;
    // Rounding in the first and the last convolution would show in the samples.
    var input = new NcsnConvolution(3, 1, widths.get(0), true, Precision.FLOAT32);
    var output = new NcsnConvolution(3, 1, (int) x.shape().get(3), true, Precision.FLOAT32);

    var features = new ArrayList<Operand<TFloat32>>();
    Operand<TFloat32> hidden = input.apply(scope.child("input"), x);
    for (int i = 0; i <= last; i++) {
      var stage = scope.child("stage" + i);
      hidden = block(i, i > 0).apply(stage.child("block0"), hidden);
      hidden = block(i, false).apply(stage.child("block1"), hidden);
      features.add(hidden);
    }

    hidden = refine(last).apply(scope.child("refine" + last), List.of(hidden));
    for (int i = last - 1; i >= 0; i--) {
      hidden = refine(i).apply(scope.child("refine" + i), List.of(features.get(i), hidden));
    }

    var normal = end.apply(scope.child("output").child("norm"), hidden);
    return output.apply(scope.child("output").child("conv"), activation.apply(scope, normal));
  }

  private NcsnResidualBlock block(int stage, boolean down) {
    int dilation =
        switch (widths.size() - 1 - stage) {
          case 0 -> 4;
          case 1 -> 2;
          default -> 1;
        };
    return new NcsnResidualBlock(widths.get(stage), down, dilation, stages, activation);
  }

  private RefineBlock refine(int stage) {
    return new RefineBlock(
        widths.get(Math.max(0, stage - 1)), stage == 0 ? 3 : 1, pooling, refinement, activation);
  }
}

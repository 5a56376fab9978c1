package org.score4j.model;

import java.util.ArrayDeque;
import java.util.List;
import org.score4j.api.Initializer;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The U-Net that DDPM, DDPM++ and NCSN++ share (Song et al. 2021, appendix H), for x [B, H, W, C]
 * and an embedding e of the noise level:
 *
 * <pre>
 *   input:   conv3x3
 *   down i:  {@code blocks} x (block, attention), halving, input pyramid
 *   middle:  block, attention, block
 *   up i:    {@code blocks + 1} x block, each with the matching output of the way down alongside
 *            its input; attention, output pyramid, doubling
 *   output:  norm, swish, conv3x3; or the output pyramid
 * </pre>
 *
 * @param options what it is made of
 * @param norm of DDPM's blocks, attention and output
 * @param attentionAfterEveryBlock whether attention on the way up follows every block, not the last
 *     alone
 */
record ScoreUnet(NcsnPlusPlus options, GroupNorm norm, boolean attentionAfterEveryBlock) {
  // Where the reference has a matrix for a 1x1 convolution, it starts with a tenth of the variance.
  private static final double MATRIX_SCALE = 0.1;

  Operand<TFloat32> apply(ModelScope scope, Operand<TFloat32> x, LevelShift shift) {
    var tf = scope.tf();
    int levels = options.multipliers().size();
    var inputs = new InputPyramid(options, resampling(), x);
    var outputs = new OutputPyramid(options, resampling(), norm, (int) x.shape().get(3));

    Operand<TFloat32> h =
        new Convolution(
                3, 1, options.channels(), Initializer.fanAverageUniform(1), Precision.FLOAT32)
            .apply(scope.child("input"), x);
    var skips = new ArrayDeque<Operand<TFloat32>>();
    skips.push(h);
    for (int i = 0; i < levels; i++) {
      var down = scope.child("down" + i);
      for (int j = 0; j < options.blocks(); j++) {
        h = block(down.child("block" + j), h, shift, channelsAt(i));
        h = attends(h) ? attention(down.child("attention" + j), h) : h;
        skips.push(h);
      }
      if (i < levels - 1) {
        h = inputs.join(down, halved(down.child("downsample"), h, shift));
        skips.push(h);
      }
    }

    var middle = scope.child("middle");
    int width = (int) h.shape().get(3);
    h = block(middle.child("block0"), h, shift, width);
    h = attention(middle.child("attention0"), h);
    h = block(middle.child("block1"), h, shift, width);

    for (int i = levels - 1; i >= 0; i--) {
      var up = scope.child("up" + i);
      for (int j = 0; j <= options.blocks(); j++) {
        var both = tf.concat(List.of(h, skips.pop()), tf.constant(3));
        h = block(up.child("block" + j), both, shift, channelsAt(i));
        if (attends(h) && (attentionAfterEveryBlock || j == options.blocks())) {
          h = attention(up.child("attention" + (attentionAfterEveryBlock ? j : 0)), h);
        }
      }
      h = outputs.join(up, h);
      if (i > 0) {
        h = doubled(up.child("upsample"), h, shift);
      }
    }
    return outputs.output(scope, h);
  }

  private Operand<TFloat32> block(
      ModelScope scope, Operand<TFloat32> h, LevelShift shift, int channels) {
    return switch (options.residualBlock()) {
      case DDPM ->
          new ResidualBlock(
                  channels,
                  dropout(),
                  norm,
                  Initializer.fanAverageUniform(MATRIX_SCALE),
                  sum(),
                  options.activation())
              .apply(scope, h, shift);
      case BIGGAN ->
          new BigGanBlock(channels, dropout(), sum(), options.activation()).apply(scope, h, shift);
    };
  }

  private Operand<TFloat32> halved(ModelScope scope, Operand<TFloat32> h, LevelShift shift) {
    int channels = (int) h.shape().get(3);
    if (options.residualBlock() == BlockType.BIGGAN) {
      return new BigGanBlock(channels, dropout(), sum(), options.activation())
          .down(scope, h, shift, resampling());
    }
    return options.resampleWithConvolution()
        ? new ResamplingConvolution(resampling(), channels).down(scope, h)
        : resampling().down(scope.tf(), h);
  }

  private Operand<TFloat32> doubled(ModelScope scope, Operand<TFloat32> h, LevelShift shift) {
    int channels = (int) h.shape().get(3);
    if (options.residualBlock() == BlockType.BIGGAN) {
      return new BigGanBlock(channels, dropout(), sum(), options.activation())
          .up(scope, h, shift, resampling());
    }
    return options.resampleWithConvolution()
        ? new ResamplingConvolution(resampling(), channels).up(scope, h)
        : resampling().up(scope.tf(), h);
  }

  private Operand<TFloat32> attention(ModelScope scope, Operand<TFloat32> h) {
    // Three matrices in one: its fan-out is thrice theirs, so its fan average is twice theirs.
    var projections = Initializer.fanAverageUniform(2 * MATRIX_SCALE);
    return new Attention(1, norm, projections, sum()).apply(scope, h);
  }

  private boolean attends(Operand<TFloat32> h) {
    return options.attention().contains((int) h.shape().get(1));
  }

  private int channelsAt(int level) {
    return options.channels() * options.multipliers().get(level);
  }

  private Dropout dropout() {
    return new Dropout(options.dropout());
  }

  private ResidualSum sum() {
    return ResidualSum.of(options.skipRescale());
  }

  private Resampling resampling() {
    return options.fir().isEmpty() ? new NearestResampling() : new FirResampling(options.fir());
  }
}

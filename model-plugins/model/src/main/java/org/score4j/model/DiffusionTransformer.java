package org.score4j.model;

import java.util.List;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.PluginName;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Presets;
import org.score4j.api.ScoreModel;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The diffusion transformer DiT (Peebles and Xie 2023) for images or latents x [B, H, W, C]:
 *
 * <pre>
 *   input:   a linear map of each patch x patch square to {@code width}, plus sinusoids of its place
 *   {@code blocks} {@link TransformerBlock}s
 *   output:  norm, scaled and shifted; a linear map back to squares that starts at zero
 * </pre>
 *
 * <p>The embedding is of 256 sinusoids of the label, and of the class. The paper's networks have
 * {@code learnedVariance}.
 *
 * @param patch side of a square; divides H and W
 * @param width D, a multiple of 4
 * @param blocks how many
 * @param heads of each attention; divides {@code width}
 * @param label {@code step} (t - 1), as published, or {@code time} (999 t)
 * @param classes number of classes the model is told; 0 for none
 * @param prediction what the output stands for
 * @param learnedVariance whether it also tells where the variance of a reverse step lies
 */
@PluginName("dit")
@Presets(DiffusionTransformerPreset.class)
public record DiffusionTransformer(
    int patch,
    int width,
    int blocks,
    int heads,
    NoiseLabel label,
    int classes,
    Prediction prediction,
    boolean learnedVariance)
    implements ScoreModel {

  private static final Initializer FAN_AVERAGE = Initializer.fanAverageUniform(1);
  private static final int SINUSOIDS = 256;

  /** Checks the components. */
  public DiffusionTransformer {
    Validation.begin()
        .within("patch", patch, 1, 1 << 12)
        .within("width", width, 4, 1 << 16)
        .rule(width % 4 == 0, "width", width, "must be a multiple of 4")
        .count("blocks", blocks, 1)
        .rule(
            heads >= 1 && width % Math.max(1, heads) == 0,
            "heads",
            heads,
            "must be at least 1 and divide width, " + width)
        .rule(
            label == NoiseLabel.STEP || label == NoiseLabel.TIME,
            "label",
            label,
            "must be step or time")
        .count("classes", classes, 0)
        .end();
  }

  /** The preset {@code s-2}, for processes with time from 0 to 1. */
  public DiffusionTransformer() {
    this(2, 384, 12, 6, NoiseLabel.TIME, 0, Prediction.NOISE, false);
  }

  @Override
  public boolean conditional() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> apply(
      ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
    check(x.shape());
    var tf = scope.tf();
    int rows = (int) x.shape().get(1) / patch;
    int columns = (int) x.shape().get(2) / patch;
    int channels = (int) x.shape().get(3);
    int outputs = learnedVariance ? 2 * channels : channels;
    var embedding = embedding(scope.child("embedding"), level, condition);

    var input = scope.child("input");
    var kernel = input.parameter("kernel", Shape.of(patch, patch, channels, width), FAN_AVERAGE);
    var bias = input.parameter("bias", Shape.of(width), Initializer.zeros());
    var squares =
        new Products(scope, Precision.FLOAT32)
            .unpaddedConvolution(x, kernel, bias, List.of(1L, (long) patch, (long) patch, 1L));
    Operand<TFloat32> h =
        tf.math.add(
            tf.reshape(squares, tf.constant(new int[] {-1, rows * columns, width})),
            tf.constant(places(rows, columns)));
    for (int i = 0; i < blocks; i++) {
      h = new TransformerBlock(heads).apply(scope.child("block" + i), h, embedding);
    }

    var output = scope.child("output");
    var parts = TransformerBlock.modulation(output.child("modulation"), embedding, 2, width);
    var normal = TransformerBlock.modulated(scope, h, parts.get(0), parts.get(1));
    var flat =
        new Dense(patch * patch * outputs, Initializer.zeros(), Precision.FLOAT32)
            .apply(output, tf.reshape(normal, tf.constant(new int[] {-1, width})));
    // A square's numbers are row, column, channel: exactly what depthToSpace spreads out.
    var grid =
        tf.reshape(flat, tf.constant(new int[] {-1, rows, columns, patch * patch * outputs}));
    return patch == 1 ? grid : tf.nn.depthToSpace(grid, (long) patch);
  }

  private Operand<TFloat32> embedding(ModelScope scope, LevelTensors level, Condition condition) {
    var tf = scope.tf();
    // Of DiT's sinusoids cosines come first; a permutation of the first layer's inputs.
    double[][] frequencies = new double[1][SINUSOIDS / 2];
    for (int i = 0; i < frequencies[0].length; i++) {
      frequencies[0][i] = Math.pow(1e-4, 2.0 * i / SINUSOIDS);
    }
    // DiT has no levels to number: step and time ignore the ladder.
    var wide = label.of(tf, level, new NoiseLadder(0.01, 50, 2));
    var angles =
        tf.math.mul(tf.reshape(wide, tf.constant(new int[] {-1, 1})), tf.constant(frequencies));
    var encoding =
        tf.dtypes.cast(
            tf.concat(List.of(tf.math.cos(angles), tf.math.sin(angles)), tf.constant(1)),
            TFloat32.class);
    var dense = new Dense(width, FAN_AVERAGE, Precision.FLOAT32);
    var hidden = Activation.SWISH.apply(scope, dense.apply(scope.child("dense0"), encoding));
    return Activation.SWISH.apply(
        scope,
        new ClassEmbedding(classes)
            .addedTo(scope, dense.apply(scope.child("dense1"), hidden), condition));
  }

  /** Sinusoids of a square's column, then of its row, [1, rows * columns, width]. */
  private float[][][] places(int rows, int columns) {
    int quarter = width / 4;
    float[][][] places = new float[1][rows * columns][width];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float[] place = places[0][row * columns + column];
        for (int i = 0; i < quarter; i++) {
          double frequency = Math.pow(1e-4, (double) i / quarter);
          place[i] = (float) Math.sin(column * frequency);
          place[quarter + i] = (float) Math.cos(column * frequency);
          place[2 * quarter + i] = (float) Math.sin(row * frequency);
          place[3 * quarter + i] = (float) Math.cos(row * frequency);
        }
      }
    }
    return places;
  }

  private void check(Shape shape) {
    Validation.begin()
        .rule(
            shape.numDimensions() == 4,
            "type",
            "dit",
            "must be a model for points where data have shape " + shape.tail())
        .end();
    Validation.begin()
        .rule(
            shape.get(1) % patch == 0 && shape.get(2) % patch == 0,
            "patch",
            patch,
            "must divide height and width, " + shape.get(1) + " x " + shape.get(2))
        .end();
  }
}

package org.score4j.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LinearOperator;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Some pixels of an image; the others are 0: [B, H, W, C] to the same. One mask is for all images;
 * of several, each is for the image of its place.
 *
 * @param known which half is kept, the larger one of an odd number of pixels; not used if there is
 *     a file
 * @param file PNG of the images' size whose brighter pixels, from a half of full brightness on, are
 *     kept; or {@code .safetensors} whose tensor {@code masks} [N, H, W, 1] or [N, H, W] is a mask
 *     for each image, of which values from 0.5 on are kept
 * @param files such a PNG for each image
 */
@PluginName("mask")
public record Mask(Half known, Optional<Path> file, List<Path> files) implements LinearOperator {
  private static final String TENSORS = ".safetensors";
  private static final String MASKS = "masks";

  /** Halves of an image. */
  public enum Half {
    /** The first columns. */
    LEFT,
    /** The last columns. */
    RIGHT,
    /** The first rows. */
    TOP,
    /** The last rows. */
    BOTTOM
  }

  /** The left half. */
  public Mask() {
    this(Half.LEFT);
  }

  /** One half. */
  public Mask(Half known) {
    this(known, Optional.empty());
  }

  /** One mask for all images, or a file of tensors. */
  public Mask(Half known, Optional<Path> file) {
    this(known, file, List.of());
  }

  /** Copies the list and checks that masks are given in one way. */
  public Mask {
    files = List.copyOf(files);
    Validation.begin()
        .rule(
            files.isEmpty() || file.isEmpty(),
            "files",
            files,
            "must be left out if there is a file")
        .end();
  }

  @Override
  public int images(ControlGraph graph) {
    if (!files.isEmpty()) {
      return files.size();
    }
    return isTensor() ? tensors(graph).size() : 1;
  }

  @Override
  public LinearOperator of(ControlGraph graph, Operand<TInt64> numbers) {
    if (files.isEmpty() && !isTensor()) {
      return this;
    }
    var tf = graph.tf();
    List<float[]> masks = files.isEmpty() ? tensors(graph) : pictures(graph.shape());
    Shape one = one(graph.shape());
    float[] all = new float[Math.toIntExact(masks.size() * one.size())];
    for (int i = 0; i < masks.size(); i++) {
      System.arraycopy(binary(masks.get(i)), 0, all, (int) (i * one.size()), masks.get(i).length);
    }
    var table = tf.constant(one.prepend(masks.size()), DataBuffers.of(all));
    var number = tf.math.floorMod(numbers, tf.constant((long) masks.size()));
    return new KeptPixels(tf.gather(table, number, tf.constant(0)));
  }

  private boolean isTensor() {
    return file.filter(path -> path.toString().endsWith(TENSORS)).isPresent();
  }

  private List<float[]> tensors(ControlGraph graph) {
    return graph.tensors(file.orElseThrow(), MASKS, one(graph.shape()));
  }

  private List<float[]> pictures(Shape batch) {
    List<float[]> pictures = new ArrayList<>();
    for (Path path : files) {
      pictures.add(picture("files", path, (int) batch.get(1), (int) batch.get(2)));
    }
    return pictures;
  }

  /** Of a batch of images [B, H, W, C]: [H, W, 1]. */
  private static Shape one(Shape batch) {
    return Shape.of(batch.get(1), batch.get(2), 1);
  }

  private static float[] picture(String component, Path path, int height, int width) {
    return PngImage.read(component, path, height, width, 1, PixelRange.UNIT);
  }

  private static float[] binary(float[] values) {
    float[] kept = new float[values.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = values[i] < 0.5f ? 0 : 1;
    }
    return kept;
  }

  @Override
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, pixels(tf, x));
  }

  @Override
  public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
    return tf.math.mul(y, pixels(tf, y));
  }

  /** 1 where a pixel is kept and 0 elsewhere, [1, H, W, 1]. */
  private Operand<TFloat32> pixels(Ops tf, Operand<TFloat32> x) {
    if (!files.isEmpty() || isTensor()) {
      throw new InvalidValueException(
          "files", files, "must be left out where a control knows one mask only");
    }
    int height = (int) x.shape().get(1);
    int width = (int) x.shape().get(2);
    float[] kept =
        file.map(png -> picture("file", png, height, width)).orElseGet(() -> half(height, width));
    return tf.constant(Shape.of(1, height, width, 1), DataBuffers.of(binary(kept)));
  }

  private float[] half(int height, int width) {
    float[] kept = new float[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        boolean inside =
            switch (known) {
              case LEFT -> column < (width + 1) / 2;
              case RIGHT -> column >= width / 2;
              case TOP -> row < (height + 1) / 2;
              case BOTTOM -> row >= height / 2;
            };
        kept[row * width + column] = inside ? 1 : 0;
      }
    }
    return kept;
  }

  /**
   * The mask of each image of a batch.
   *
   * @param kept 1 where a pixel is kept and 0 elsewhere, [B, H, W, 1]
   */
  private record KeptPixels(Operand<TFloat32> kept) implements LinearOperator {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.mul(x, kept);
    }

    @Override
    public Operand<TFloat32> pseudoInverse(Ops tf, Operand<TFloat32> y, Operand<TFloat32> like) {
      return tf.math.mul(y, kept);
    }
  }
}

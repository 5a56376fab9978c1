package org.score4j;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.Supplier;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/** Samples in the units of the data, with the classes that they were drawn for. */
public final class Samples {
  private final float[] values;
  private final int[] labels;
  private final Shape shape;
  private final Supplier<PixelRange> range;
  private final long first;
  private final long evaluations;

  Samples(
      float[] values,
      int[] labels,
      Shape shape,
      Supplier<PixelRange> range,
      long first,
      long evaluations) {
    this.values = values;
    this.labels = labels;
    this.shape = shape;
    this.range = range;
    this.first = first;
    this.evaluations = evaluations;
  }

  /** How many, B. */
  public int count() {
    return Math.toIntExact(values.length / shape.size());
  }

  /** Number of the first: sample n of a seed is the same however many are drawn. */
  public long first() {
    return first;
  }

  /** Shape of one: [H, W, C] or [D]. */
  public Shape shape() {
    return shape;
  }

  /** All numbers, row-major, [B, H, W, C] or [B, D]. */
  public float[] values() {
    return values.clone();
  }

  /** One row for each sample, [B][H * W * C] or [B][D]. */
  public float[][] rows() {
    int size = Math.toIntExact(shape.size());
    float[][] rows = new float[count()][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * size, (i + 1) * size));
    return rows;
  }

  /** The class of each sample, [B]; empty if the model takes none. */
  public int[] labels() {
    return labels.clone();
  }

  /** Evaluations of the network for each sample (NFE). */
  public long evaluations() {
    return evaluations;
  }

  /**
   * A sample as an image, clipped to the range of the data's pixels; of other data, to the range
   * that their examples have.
   *
   * @param index from 0 to {@link #count} - 1
   * @throws InvalidInputException if samples are no images of one or three channels
   */
  public BufferedImage image(int index) {
    if (shape.numDimensions() != 3 || shape.get(2) != 1 && shape.get(2) != 3) {
      throw new InvalidInputException(
          "samples of shape " + shape + " are no images; expected [H, W, 1] or [H, W, 3]");
    }
    int height = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(1));
    int channels = Math.toIntExact(shape.get(2));
    PixelRange shown = range.get();
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          long at = ((long) index * height + y) * width + x;
          float value = values[Math.toIntExact(at * channels + Math.min(c, channels - 1))];
          rgb = rgb << 8 | shown.toByte(value) & 0xff;
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}

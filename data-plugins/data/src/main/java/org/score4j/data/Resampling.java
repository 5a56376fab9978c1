package org.score4j.data;

import org.score4j.data.image.Picture;

/**
 * Scales images by a triangle filter, widened by the factor of a reduction so that nothing is
 * skipped: the bilinear filter of Pillow, and of {@code tf.image.resize} with antialiasing.
 *
 * <p>Output pixel i of n, from m input pixels, is the mean of the inputs j weighted by
 *
 * <pre>
 *   max(0, 1 - |j + 1/2 - (i + 1/2) s| / max(s, 1)),    s = m / n,
 * </pre>
 *
 * <p>along each axis.
 *
 * @param first the first input of each output
 * @param weights of each output, for the inputs from its first; they sum to 1
 */
record Resampling(int[] first, float[][] weights) {

  /** An image in another size. */
  static Picture scale(Picture image, int height, int width) {
    if (height == image.height() && width == image.width()) {
      return image;
    }
    int channels = image.channels();
    float[] rows = of(image.width(), width).acrossRows(image);
    Resampling vertical = of(image.height(), height);
    int row = width * channels;
    byte[] scaled = new byte[height * row];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < row; x++) {
        float sum = 0;
        for (int k = 0; k < vertical.weights[y].length; k++) {
          sum += vertical.weights[y][k] * rows[(vertical.first[y] + k) * row + x];
        }
        scaled[y * row + x] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
    return new Picture(height, width, channels, scaled);
  }

  private float[] acrossRows(Picture image) {
    int channels = image.channels();
    int width = weights.length;
    float[] out = new float[image.height() * width * channels];
    int next = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        int start = (y * image.width() + first[x]) * channels;
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          for (int k = 0; k < weights[x].length; k++) {
            sum += weights[x][k] * Byte.toUnsignedInt(image.bytes()[start + k * channels + c]);
          }
          out[next++] = sum;
        }
      }
    }
    return out;
  }

  private static Resampling of(int inputs, int outputs) {
    double scale = (double) inputs / outputs;
    double support = Math.max(scale, 1);
    int[] first = new int[outputs];
    float[][] weights = new float[outputs][];
    for (int i = 0; i < outputs; i++) {
      double center = (i + 0.5) * scale;
      int from = (int) Math.max(0, Math.ceil(center - support - 0.5));
      int to = (int) Math.min(inputs, Math.floor(center + support - 0.5) + 1);
      double[] exact = new double[to - from];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = Math.max(0, 1 - Math.abs(from + k + 0.5 - center) / support);
        sum += exact[k];
      }
      first[i] = from;
      weights[i] = new float[exact.length];
      for (int k = 0; k < exact.length; k++) {
        weights[i][k] = (float) (exact[k] / sum);
      }
    }
    return new Resampling(first, weights);
  }
}

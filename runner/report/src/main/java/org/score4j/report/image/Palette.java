package org.score4j.report.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The few colours that stand for all of some pictures. Pictures of no more colours keep theirs; of
 * others, boxes of colours are cut in two until there are as many as wanted, always the box with
 * the largest squared error, at its mean along its longest axis, and each gives its mean (after
 * Heckbert 1982, "Color image quantization for frame buffer display", and Wan et al. 1990). There a
 * colour counts by the root of its pixels' number, lest thin lines lose theirs to wide areas.
 */
final class Palette {
  private static final int ALL = 1 << 24;
  private static final int BITS = 6;
  private static final int WEIGHT = 3;
  private static final int COUNT = 4;

  private final int[] colors;
  private final byte[] nearest = new byte[ALL];
  private final BitSet known = new BitSet(ALL);

  private Palette(int[] colors) {
    this.colors = colors;
  }

  /** Counts colours. */
  static final class Counter {
    private final int most;
    private final BitSet seen = new BitSet(ALL);
    private final List<Integer> exact = new ArrayList<>();
    // Of all colours that agree in their high bits: how many, and sums of each component.
    private final long[][] bins = new long[1 << 3 * BITS][];

    /**
     * A counter.
     *
     * @param most colours of the palette, from 2 to 256
     */
    Counter(int most) {
      this.most = most;
    }

    /** Adds a picture's pixels. */
    void add(BufferedImage image) {
      int[] row = new int[image.getWidth()];
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRGB(0, y, row.length, 1, row, 0, row.length);
        for (int pixel : row) {
          add(pixel & 0xFFFFFF);
        }
      }
    }

    private void add(int rgb) {
      if (exact.size() <= most && !seen.get(rgb)) {
        seen.set(rgb);
        exact.add(rgb);
      }
      int bin = 0;
      for (int c = 0; c < 3; c++) {
        bin = bin << BITS | component(rgb, c) >> 8 - BITS;
      }
      if (bins[bin] == null) {
        bins[bin] = new long[4];
      }
      long[] sums = bins[bin];
      sums[3]++;
      for (int c = 0; c < 3; c++) {
        sums[c] += component(rgb, c);
      }
    }

    /** The palette of all that was added. */
    Palette palette() {
      if (exact.size() <= most) {
        return new Palette(exact.stream().mapToInt(Integer::intValue).sorted().toArray());
      }
      List<Box> boxes = new ArrayList<>();
      boxes.add(
          Box.of(
              Arrays.stream(bins)
                  .filter(sums -> sums != null)
                  .map(Counter::means)
                  .toArray(double[][]::new)));
      while (boxes.size() < most) {
        Box worst = boxes.stream().max(Comparator.comparingDouble(Box::error)).orElseThrow();
        if (worst.error() == 0) {
          break;
        }
        boxes.remove(worst);
        boxes.addAll(worst.cut());
      }
      return new Palette(boxes.stream().mapToInt(Box::color).toArray());
    }

    private static double[] means(long[] sums) {
      double count = sums[3];
      double[] means = {sums[0] / count, sums[1] / count, sums[2] / count, Math.sqrt(count), count};
      return means;
    }
  }

  /**
   * Colours that one is to stand for.
   *
   * @param colors each three components, a weight and a count
   * @param mean of the components by weight
   * @param axis the component that varies most
   * @param error sum of squared distances from the mean
   */
  private record Box(double[][] colors, double[] mean, int axis, double error) {

    static Box of(double[][] colors) {
      double[] mean = mean(colors, WEIGHT);
      double[] errors = new double[3];
      for (int c = 0; c < 3; c++) {
        for (double[] color : colors) {
          errors[c] += color[WEIGHT] * Math.pow(color[c] - mean[c], 2);
        }
      }
      int axis = errors[0] > errors[1] ? 0 : 1;
      axis = errors[2] > errors[axis] ? 2 : axis;
      double error = colors.length == 1 ? 0 : errors[0] + errors[1] + errors[2];
      return new Box(colors, mean, axis, error);
    }

    List<Box> cut() {
      return List.of(
          of(Arrays.stream(colors).filter(c -> c[axis] <= mean[axis]).toArray(double[][]::new)),
          of(Arrays.stream(colors).filter(c -> c[axis] > mean[axis]).toArray(double[][]::new)));
    }

    private static double[] mean(double[][] colors, int by) {
      double total = 0;
      double[] mean = new double[3];
      for (double[] color : colors) {
        total += color[by];
        for (int c = 0; c < 3; c++) {
          mean[c] += color[by] * color[c];
        }
      }
      for (int c = 0; c < 3; c++) {
        mean[c] /= total;
      }
      return mean;
    }

    int color() {
      int rgb = 0;
      for (double component : mean(colors, COUNT)) {
        rgb = rgb << 8 | (int) Math.round(component);
      }
      return rgb;
    }
  }

  /** Number of colours. */
  int size() {
    return colors.length;
  }

  /** A colour as red, green and blue of 8 bits each. */
  int color(int index) {
    return colors[index];
  }

  /** The colours, one more that shows nothing, and what is wanting of a power of two in black. */
  IndexColorModel model() {
    int bits = 32 - Integer.numberOfLeadingZeros(colors.length);
    byte[][] components = new byte[3][1 << bits];
    for (int i = 0; i < colors.length; i++) {
      for (int c = 0; c < 3; c++) {
        components[c][i] = (byte) component(colors[i], c);
      }
    }
    return new IndexColorModel(
        bits, 1 << bits, components[0], components[1], components[2], colors.length);
  }

  /** The colour nearest to one. */
  int nearest(int rgb) {
    if (!known.get(rgb)) {
      int best = 0;
      for (int i = 1; i < colors.length; i++) {
        best = distance(rgb, colors[i]) < distance(rgb, colors[best]) ? i : best;
      }
      nearest[rgb] = (byte) best;
      known.set(rgb);
    }
    return nearest[rgb] & 0xFF;
  }

  private static int distance(int rgb, int other) {
    int sum = 0;
    for (int c = 0; c < 3; c++) {
      int difference = component(rgb, c) - component(other, c);
      sum += difference * difference;
    }
    return sum;
  }

  private static int component(int rgb, int number) {
    return rgb >> 16 - 8 * number & 0xFF;
  }
}

package org.score4j.report.chart;

import java.util.Arrays;
import org.score4j.format.text.Numerals;

/**
 * Shows points of the plane, or the first two coordinates of others, and says how many samples lie
 * outside.
 *
 * @param panel the square they are shown in
 * @param dimension coordinates of an example
 */
record PointGallery(PointPanel panel, int dimension) implements Gallery {
  private static final int MOST = 4000;
  private static final String SAMPLES = "samples";
  private static final int FEW = 1000;
  private static final int PLANE = 2;

  static PointGallery around(float[] data, int dimension) {
    return new PointGallery(PointPanel.around(firstTwo(data, dimension)), dimension);
  }

  private static float[] firstTwo(float[] values, int dimension) {
    if (dimension == PLANE) {
      return values;
    }
    float[] pairs = new float[values.length / dimension * PLANE];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = values[i / PLANE * dimension + i % PLANE];
    }
    return pairs;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public int few() {
    return FEW;
  }

  @Override
  public Html large(float[] values, String style, String told) {
    return shown(values, style, true, told);
  }

  private Html shown(float[] values, String style, boolean ticks, String told) {
    float[] points = firstTwo(values, dimension);
    long outside = panel.outside(points);
    return Html.of(
        "%s%s",
        panel.html(points, style, ticks, told),
        outside == 0 || !style.equals(SAMPLES)
            ? Html.NOTHING
            : Html.of("<small>%s outside</small>", Numerals.count(outside)));
  }

  @Override
  public Html small(float[] values, String style, String told) {
    return shown(
        Arrays.copyOf(values, Math.min(values.length, FEW * dimension)), style, false, told);
  }

  @Override
  public String note() {
    return dimension == PLANE ? "" : "The first two of " + dimension + " coordinates.";
  }
}

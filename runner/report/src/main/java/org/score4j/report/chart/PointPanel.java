package org.score4j.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.data.Range;
import org.score4j.report.picture.ScatterPlot;

/**
 * Points of a square of the plane, as SVG that takes its colours from the page.
 *
 * @param across the square's horizontal side
 * @param up its vertical side
 */
public record PointPanel(Range across, Range up) {
  private static final int SIDE = 1000;

  /** Where translucent points of several layers meet, it is darker; within a layer it is not. */
  private static final int LAYERS = 12;

  private static final int MOST = 4000;

  /**
   * The square of data, with a margin.
   *
   * @param data shape [N, 2]
   */
  public static PointPanel around(float[] data) {
    ScatterPlot plot = new ScatterPlot(data, new float[0]);
    return new PointPanel(plot.range(0), plot.range(1));
  }

  /**
   * A picture of points; those outside the square are left out.
   *
   * @param points shape [N, 2]; of many, the first 4000 are drawn
   * @param style {@code data} or {@code samples}
   * @param ticks whether the sides bear numbers
   */
  public Html html(float[] points, String style, boolean ticks, String told) {
    int count = Math.min(MOST, points.length / 2);
    List<Html> layers =
        IntStream.range(0, Math.min(LAYERS, count))
            .mapToObj(layer -> path(points, layer, count))
            .toList();
    return Html.of(
        """
        <div class="panel%s" role="img" aria-label="%s"><svg width="100%%" height="100%%">%s
        <svg class="points %s" style="--opacity: %s" viewBox="0 0 %s %s" width="100%%" height="100%%">
        %s
        </svg></svg></div>""",
        ticks ? " ticked" : "",
        told,
        ticks ? ticks() : Html.NOTHING,
        style,
        opacity(count),
        SIDE,
        SIDE,
        Html.all(layers));
  }

  private Html path(float[] points, int layer, int count) {
    StringBuilder path = new StringBuilder();
    for (int i = layer; i < count; i += LAYERS) {
      double x = points[2 * i];
      double y = points[2 * i + 1];
      if (across.contains(x) && up.contains(y)) {
        path.append(
            String.format(
                Locale.ROOT,
                "M%.0f %.0fh0",
                SIDE * (x - across.getLowerBound()) / across.getLength(),
                SIDE * (up.getUpperBound() - y) / up.getLength()));
      }
    }
    return path.isEmpty() ? Html.NOTHING : Html.of("<path d=\"%s\"/>", path);
  }

  private Html ticks() {
    Axis x = new Axis("", across.getLowerBound(), across.getUpperBound(), false);
    Axis y = new Axis("", up.getLowerBound(), up.getUpperBound(), false);
    List<Html> below =
        x.ticks().stream()
            .map(
                tick ->
                    Html.of(
                        "<text x=\"%s\" y=\"100%%\" dy=\"1.5em\">%s</text>",
                        CurveChart.percent(x.place(tick.value())), tick.text()))
            .toList();
    List<Html> beside =
        y.ticks().stream()
            .map(
                tick ->
                    Html.of(
                        "<text class=\"y\" x=\"0\" dx=\"-8\" y=\"%s\" dy=\".32em\">%s</text>",
                        CurveChart.percent(1 - y.place(tick.value())), tick.text()))
            .toList();
    return Html.of("%s%s", Html.all(below), Html.all(beside));
  }

  /** How many of some points lie outside the square. */
  public long outside(float[] points) {
    return IntStream.range(0, points.length / 2)
        .filter(i -> !across.contains(points[2 * i]) || !up.contains(points[2 * i + 1]))
        .count();
  }

  /** Many points must not run together, few must not fade. */
  private static String opacity(int count) {
    double opacity = 1.5 - 0.32 * Math.log10(Math.max(1, count));
    return Numerals.significant(Math.max(0.25, Math.min(0.9, opacity)), 2);
  }
}

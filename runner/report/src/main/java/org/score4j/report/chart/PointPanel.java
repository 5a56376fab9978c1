package org.score4j.report.chart;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.score4j.format.text.Numerals;

/**
 * Where points of the plane are shown: a square of it. As SVG they take their colours from the
 * page.
 *
 * @param across the square's horizontal side
 * @param up its vertical side
 */
public record PointPanel(Axis across, Axis up) {
  private static final int SIDE = 1000;

  /** Where translucent points of several layers meet, it is darker; within a layer it is not. */
  private static final int LAYERS = 12;

  private static final int MOST = 4000;
  private static final double MARGIN = 0.12;
  private static final double MOST_UNEQUAL = 20;

  /**
   * The square of data, with a margin: as long on both sides, unless the data would be a line of
   * it.
   *
   * @param data shape [N, 2]
   */
  public static PointPanel around(float[] data) {
    DoubleSummaryStatistics[] spans = {span(data, 0), span(data, 1)};
    double longer = Math.max(length(spans[0]), length(spans[1]));
    return new PointPanel(side(spans[0], longer), side(spans[1], longer));
  }

  private static DoubleSummaryStatistics span(float[] data, int coordinate) {
    return IntStream.range(0, data.length / 2)
        .mapToDouble(i -> data[2 * i + coordinate])
        .filter(Double::isFinite)
        .summaryStatistics();
  }

  private static double length(DoubleSummaryStatistics span) {
    return span.getCount() == 0 ? 0 : span.getMax() - span.getMin();
  }

  private static Axis side(DoubleSummaryStatistics own, double longer) {
    boolean line = length(own) > 0 && longer > MOST_UNEQUAL * length(own);
    double length = line ? length(own) : longer;
    double half = length > 0 ? length * (0.5 + MARGIN) : 1;
    double middle = own.getCount() == 0 ? 0 : (own.getMin() + own.getMax()) / 2;
    return new Axis("", middle - half, middle + half, false);
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
        Numerals.significant(opacity(count), 2),
        SIDE,
        SIDE,
        Html.all(layers));
  }

  private Html path(float[] points, int layer, int count) {
    StringBuilder path = new StringBuilder();
    for (int i = layer; i < count; i += LAYERS) {
      double x = points[2 * i];
      double y = points[2 * i + 1];
      if (across.holds(x) && up.holds(y)) {
        path.append(
            String.format(
                Locale.ROOT, "M%.0f %.0fh0", SIDE * across.place(x), SIDE * (1 - up.place(y))));
      }
    }
    return path.isEmpty() ? Html.NOTHING : Html.of("<path d=\"%s\"/>", path);
  }

  private Html ticks() {
    List<Html> below =
        across.ticks().stream()
            .map(
                tick ->
                    Html.of(
                        "<text x=\"%s\" y=\"100%%\" dy=\"1.5em\">%s</text>",
                        CurveChart.percent(across.place(tick.value())), tick.text()))
            .toList();
    List<Html> beside =
        up.ticks().stream()
            .map(
                tick ->
                    Html.of(
                        "<text class=\"y\" x=\"0\" dx=\"-8\" y=\"%s\" dy=\".32em\">%s</text>",
                        CurveChart.percent(1 - up.place(tick.value())), tick.text()))
            .toList();
    return Html.of("%s%s", Html.all(below), Html.all(beside));
  }

  /** How many of some points lie outside the square. */
  public long outside(float[] points) {
    return IntStream.range(0, points.length / 2)
        .filter(i -> !across.holds(points[2 * i]) || !up.holds(points[2 * i + 1]))
        .count();
  }

  /** How opaque each of so many points is: many must not run together, few must not fade. */
  public static double opacity(int count) {
    double opacity = 1.5 - 0.32 * Math.log10(Math.max(1, count));
    return Math.max(0.25, Math.min(0.9, opacity));
  }
}

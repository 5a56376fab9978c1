package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Curves over one axis; as SVG they take their colours from the page and fill whatever width it is
 * given, with letters of one size.
 *
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param curves from the hindmost to the foremost
 */
public record CurveChart(Axis x, Axis y, List<Curve> curves) {
  /** Side of the square that is stretched to the chart. */
  private static final int SIDE = 1000;

  /** More points than this would lie within a pixel of each other. */
  private static final int POINTS = 1500;

  /**
   * One curve.
   *
   * @param name what the key under the chart calls it
   * @param style its class in the page's style sheet
   */
  public record Curve(String name, String style, double[] x, double[] y) {

    /** Which points to draw: all, or of each of many stretches the lowest and the highest. */
    public int[] drawn() {
      int count = x.length;
      if (count <= POINTS) {
        return IntStream.range(0, count).toArray();
      }
      int stretches = POINTS / 2;
      return IntStream.range(0, stretches)
          .flatMap(
              s -> {
                int first = (int) ((long) s * count / stretches);
                int end = (int) ((long) (s + 1) * count / stretches);
                int low = first;
                int high = first;
                for (int i = first; i < end; i++) {
                  low = y[i] < y[low] ? i : low;
                  high = y[i] > y[high] ? i : high;
                }
                return IntStream.of(Math.min(low, high), Math.max(low, high)).distinct();
              })
          .toArray();
    }
  }

  /** The axis of steps under curves. */
  static Axis steps(List<Curve> curves, boolean logarithmic) {
    return Axis.around("step", curves.stream().flatMapToDouble(c -> of(c.x())), logarithmic, 0);
  }

  private static DoubleStream of(double[] values) {
    return DoubleStream.of(values);
  }

  /** The chart with its key. */
  Html html() {
    List<Html> parts = new ArrayList<>();
    for (Axis.Tick tick : y.ticks()) {
      String at = percent(1 - y.place(tick.value()));
      parts.add(
          Html.of(
              """
              <line x1="0" x2="100%%" y1="%s" y2="%s"/>\
              <text class="y" x="0" dx="-8" y="%s" dy=".32em">%s</text>""",
              at, at, at, tick.text()));
    }
    for (Axis.Tick tick : x.ticks()) {
      String at = percent(x.place(tick.value()));
      parts.add(
          Html.of(
              """
              <line y1="0" y2="100%%" x1="%s" x2="%s"/>\
              <text x="%s" y="100%%" dy="1.5em">%s</text>""",
              at, at, at, tick.text()));
    }
    return Html.of(
        """
        <div class="chart" role="img" aria-label="%s against %s">
        <svg width="100%%" height="100%%">
        %s
        <svg viewBox="0 0 %s %s" preserveAspectRatio="none" width="100%%" height="100%%">
        %s
        </svg></svg>
        <span class="x-label">%s</span></div>
        %s""",
        y.label(),
        x.label(),
        Html.all(parts),
        SIDE,
        SIDE,
        Html.all(curves.stream().map(this::path).toList()),
        x.label(),
        key());
  }

  private Html key() {
    if (curves.size() < 2) {
      return Html.NOTHING;
    }
    return Html.of(
        "<p class=\"key\">%s</p>",
        Html.all(
            curves.stream()
                .map(c -> Html.of("<span class=\"%s\">%s</span>", c.style(), c.name()))
                .toList()));
  }

  private Html path(Curve curve) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i : curve.drawn()) {
      double across = SIDE * x.place(curve.x()[i]);
      double down = SIDE * (1 - y.place(curve.y()[i]));
      boolean finite = Double.isFinite(across) && Double.isFinite(down);
      if (finite) {
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", across, down));
      }
      drawing = finite;
    }
    if (curve.x().length == 1) {
      path.append("h0");
    }
    return Html.of("<path class=\"%s\" d=\"%s\"/>", curve.style(), path);
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * part);
  }
}

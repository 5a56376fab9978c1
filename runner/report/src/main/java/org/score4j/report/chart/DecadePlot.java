package org.score4j.report.chart;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Curves over one axis, both axes logarithmic, as SVG.
 *
 * @param xLabel what the horizontal axis counts
 * @param yLabel what the vertical axis measures
 * @param x places of the curves' points, increasing, two or more
 * @param curves the name of each to its values, above 0; others are left out
 * @param floor a level to be marked, if there is one
 */
public record DecadePlot(
    String xLabel,
    String yLabel,
    List<Integer> x,
    Map<String, List<Double>> curves,
    OptionalDouble floor) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int LINE = 18;

  /** The picture. */
  public String svg() {
    Axis range = range();
    List<String> parts = new ArrayList<>();
    int height = TOP + HEIGHT + 60 + LINE * curves.size();
    parts.add(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">",
            LEFT + WIDTH + 30, height));
    parts.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    parts.add(text(LEFT, TOP - 14, "start", yLabel));
    for (Axis.Tick tick : range.ticks()) {
      double y = down(range, tick.value());
      parts.add(line(LEFT, y, LEFT + WIDTH, y, "stroke=\"#ddd\""));
      parts.add(text(LEFT - 6, y + 4, "end", tick.text()));
    }
    for (int place : x) {
      parts.add(line(at(place), TOP, at(place), TOP + HEIGHT, "stroke=\"#ddd\""));
      parts.add(text(at(place), TOP + HEIGHT + 16, "middle", Integer.toString(place)));
    }
    parts.add(text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 34, "middle", xLabel));
    floor.ifPresent(
        level -> {
          double y = down(range, level);
          parts.add(line(LEFT, y, LEFT + WIDTH, y, "stroke=\"black\" stroke-dasharray=\"2 3\""));
          parts.add(text(LEFT + WIDTH - 4, y - 4, "end", "real data"));
        });
    int number = 0;
    for (var curve : curves.entrySet()) {
      parts.add(
          format("<polyline points=\"%s\" %s/>", points(curve.getValue(), range), style(number)));
      int y = TOP + HEIGHT + 60 + LINE * number;
      parts.add(line(LEFT, y - 4, LEFT + 24, y - 4, style(number)));
      parts.add(text(LEFT + 30, y, "start", curve.getKey()));
      number++;
    }
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  private Axis range() {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    curves.values().forEach(c -> c.stream().filter(DecadePlot::drawn).forEach(all::accept));
    floor.ifPresent(all::accept);
    double low = all.getCount() == 0 ? 1 : all.getMin();
    double high = all.getCount() == 0 ? 1 : all.getMax();
    double first = Math.floor(Math.log10(low));
    double last = Math.max(first + 1, Math.ceil(Math.log10(high)));
    return new Axis(yLabel, Math.pow(10, first), Math.pow(10, last), true);
  }

  private static boolean drawn(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private String points(List<Double> values, Axis range) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      if (drawn(values.get(i))) {
        points.add(format("%.1f,%.1f", at(x.get(i)), down(range, values.get(i))));
      }
    }
    return String.join(" ", points);
  }

  private static double down(Axis range, double value) {
    return TOP + HEIGHT * (1 - range.place(value));
  }

  private double at(int place) {
    return LEFT
        + WIDTH
            * Math.log((double) place / x.get(0))
            / Math.log((double) x.get(x.size() - 1) / x.get(0));
  }

  /** Hues a golden section apart. */
  private static String style(int number) {
    return format(
        "fill=\"none\" stroke=\"hsl(%.0f,70%%,40%%)\" stroke-width=\"1.8\"", number * 137.5 % 360);
  }

  private static String line(double x1, double y1, double x2, double y2, String style) {
    return format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, style);
  }

  private static String text(double x, double y, String anchor, String words) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

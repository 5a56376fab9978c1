package org.score4j.sampler;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Curves over one axis in panels side by side, all axes logarithmic, as SVG. */
final class LogLogPicture {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int GAP = 24;
  private static final double LOWEST = 1e-3;
  private static final double HIGHEST = 10;

  private final int[] x;
  private final StringBuilder svg = new StringBuilder();

  private LogLogPicture(int[] x) {
    this.x = x.clone();
  }

  /**
   * Draws a picture.
   *
   * @param x places of the curves' points, increasing
   * @param panels title to curves, and the name of a curve to its values; those below 0.001 or
   *     above 10 are drawn at the edge
   */
  static String svg(int[] x, Map<String, Map<String, double[]>> panels) {
    return new LogLogPicture(x).draw(panels);
  }

  private String draw(Map<String, Map<String, double[]>> panels) {
    Set<String> names = new LinkedHashSet<>();
    panels.values().forEach(curves -> names.addAll(curves.keySet()));
    List<String> order = List.copyOf(names);
    int width = LEFT + panels.size() * (WIDTH + GAP);
    int height = TOP + HEIGHT + 60 + 18 * ((order.size() + 1) / 2);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
        width, height);
    int left = LEFT;
    for (var panel : panels.entrySet()) {
      frame(left, panel.getKey(), left == LEFT);
      for (var curve : panel.getValue().entrySet()) {
        curve(left, order.indexOf(curve.getKey()), curve.getValue());
      }
      left += WIDTH + GAP;
    }
    text(width / 2, TOP + HEIGHT + 36, "middle", "score evaluations");
    for (int i = 0; i < order.size(); i++) {
      int column = LEFT + (i % 2) * (width - LEFT) / 2;
      int row = TOP + HEIGHT + 60 + 18 * (i / 2);
      add(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" %s/>%n",
          column, row - 4, column + 24, row - 4, style(i));
      text(column + 30, row, "start", order.get(i));
    }
    return svg.append("</svg>\n").toString();
  }

  private void frame(int left, String title, boolean labelled) {
    text(left + WIDTH / 2, TOP - 12, "middle", title);
    for (double value = LOWEST; value <= HIGHEST * 1.01; value *= 10) {
      line(left, vertical(value), left + WIDTH, vertical(value));
      if (labelled) {
        int digits = (int) Math.max(0, Math.rint(-Math.log10(value)));
        String label = String.format(Locale.ROOT, "%." + digits + "f", value);
        text(left - 6, (int) vertical(value) + 4, "end", label);
      }
    }
    for (int place : x) {
      double at = left + horizontal(place);
      line(at, TOP, at, TOP + HEIGHT);
      text((int) at, TOP + HEIGHT + 16, "middle", Integer.toString(place));
    }
  }

  private void curve(int left, int number, double[] values) {
    var points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      double at = left + horizontal(x[i]);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", at, vertical(values[i])));
    }
    add("<polyline points=\"%s\" %s/>%n", points.toString().trim(), style(number));
  }

  private double horizontal(int place) {
    return WIDTH * (Math.log((double) place / x[0]) / Math.log((double) x[x.length - 1] / x[0]));
  }

  /** What is not a number stands at the upper edge. */
  private static double vertical(double value) {
    double shown = value < HIGHEST ? Math.max(value, LOWEST) : HIGHEST;
    return TOP + HEIGHT * (Math.log(HIGHEST / shown) / Math.log(HIGHEST / LOWEST));
  }

  /** Hues a golden section apart, and every third curve dashed. */
  private static String style(int number) {
    return String.format(
        Locale.ROOT,
        "fill=\"none\" stroke=\"hsl(%.0f,70%%,40%%)\" stroke-width=\"1.8\"%s",
        number * 137.5 % 360,
        switch (number % 3) {
          case 1 -> " stroke-dasharray=\"6 3\"";
          case 2 -> " stroke-dasharray=\"2 2\"";
          default -> "";
        });
  }

  private void line(double x1, double y1, double x2, double y2) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
        x1, y1, x2, y2);
  }

  private void text(int atX, int atY, String anchor, String words) {
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", atX, atY, anchor, words);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n"));
  }
}

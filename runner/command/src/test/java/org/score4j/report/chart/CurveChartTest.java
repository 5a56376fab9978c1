package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.report.chart.CurveChart.Curve;

class CurveChartTest {
  private static final Pattern PATH = Pattern.compile(" d=\"([^\"]*)\"");

  private static List<String> paths(CurveChart chart) {
    List<String> paths = new ArrayList<>();
    Matcher matcher = PATH.matcher(chart.html().markup());
    while (matcher.find()) {
      paths.add(matcher.group(1));
    }
    return paths;
  }

  private static CurveChart chart(double[] x, double[] y) {
    return new CurveChart(
        new Axis("step", 0, 10, false),
        new Axis("loss", 0.01, 1, true),
        List.of(new Curve("a < b", "line", x, y)));
  }

  @Test
  void pointsAreWhereTheAxesSay() {
    assertEquals(
        List.of("M0.0 0.0L500.0 500.0L1000.0 1000.0"),
        paths(chart(new double[] {0, 5, 10}, new double[] {1, 0.1, 0.01})));
  }

  @Test
  void whatIsNotFiniteLeavesAGap() {
    assertEquals(
        List.of("M0.0 0.0M1000.0 1000.0"),
        paths(chart(new double[] {0, 5, 10}, new double[] {1, Double.NaN, 0.01})));
  }

  @Test
  void aSinglePointIsADot() {
    assertEquals(List.of("M0.0 0.0h0"), paths(chart(new double[] {0}, new double[] {1})));
  }

  @Test
  void ofManyPointsTheExtremesStay() {
    double[] x = IntStream.range(0, 100_000).mapToDouble(i -> i / 1e4).toArray();
    double[] y = IntStream.range(0, 100_000).mapToDouble(i -> i == 77_777 ? 1 : 0.1).toArray();
    y[33_333] = 0.01;
    String path = paths(chart(x, y)).get(0);
    assertTrue(path.contains("L777.8 0.0"), path);
    assertTrue(path.contains("L333.3 1000.0"), path);
    assertTrue(path.length() < 40_000, () -> "" + path.length());
  }

  @Test
  void severalCurvesHaveAKeyAndOneHasNone() {
    Curve curve = new Curve("a < b", "line", new double[] {1}, new double[] {1});
    CurveChart two =
        new CurveChart(
            new Axis("step", 0, 10, false), new Axis("loss", 0.01, 1, true), List.of(curve, curve));
    assertTrue(two.html().markup().contains("a &lt; b"));
    assertFalse(chart(new double[] {1}, new double[] {1}).html().markup().contains("a &lt; b"));
  }
}

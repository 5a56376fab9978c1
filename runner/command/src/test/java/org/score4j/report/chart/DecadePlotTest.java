package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DecadePlotTest {
  private static String svg(List<Double> values) {
    return new DecadePlot("steps", "error", List.of(1, 10), Map.of("heun", values), NOTHING).svg();
  }

  private static final OptionalDouble NOTHING = OptionalDouble.empty();

  @Test
  void axesReachWholePowersOfTen() {
    String svg = svg(List.of(0.5, 0.02));
    for (String label : List.of("0.01", "0.1", "1")) {
      assertTrue(svg.contains(">" + label + "</text>"), label);
    }
    // log(1 / 0.5) and log(1 / 0.02) of two decades of 340 pixels, 40 from the top.
    assertTrue(svg.contains("points=\"70.0,91.2 590.0,328.8\""), svg);
  }

  @Test
  void valuesThatHaveNoLogarithmAreLeftOut() {
    String svg = svg(List.of(0.0, 5.0));
    assertEquals(1, svg.split("points=\"")[1].split("\"")[0].split(" ").length);
  }
}

package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PointPanelTest {
  private static final PointPanel PANEL =
      new PointPanel(new Axis("", -1, 1, false), new Axis("", 0, 4, false));

  @Test
  void pointsAreWhereTheSquareSaysAndThoseOutsideAreLeftOut() {
    float[] points = {0, 1, 1, 4, 5, 1, Float.NaN, 1};
    String html = PANEL.html(points, "samples", false, "some points").markup();
    assertTrue(html.contains("<path d=\"M500 750h0\"/>"), html);
    assertTrue(html.contains("<path d=\"M1000 0h0\"/>"), html);
    assertEquals(2, html.split("<path").length - 1);
    assertEquals(2, PANEL.outside(points));
  }

  @Test
  void onlyALargeOneHasNumbersAtItsSides() {
    float[] points = {0, 1};
    assertTrue(PANEL.html(points, "data", true, "data").markup().contains("<text"));
    assertFalse(PANEL.html(points, "data", false, "data").markup().contains("<text"));
  }

  @Test
  void threeCoordinatesShowTheFirstTwo() {
    var gallery = new PointGallery(PANEL, 3);
    String html = gallery.small(new float[] {0, 1, 9, 1, 4, 9}, "data", "data").markup();
    assertTrue(html.contains("M500 750h0") && html.contains("M1000 0h0"), html);
    assertTrue(gallery.note().contains("first two of 3"));
  }

  @Test
  void aSquareHoldsTheDataWithAMargin() {
    // Data span 4 across and 2 up: the square has side 4 and a margin of 12 % of it on each side.
    PointPanel panel = PointPanel.around(new float[] {-1, 5, 3, 7});
    assertEquals(-1.48, panel.across().low(), 1e-6);
    assertEquals(3.48, panel.across().high(), 1e-6);
    assertEquals(3.52, panel.up().low(), 1e-6);
    assertEquals(8.48, panel.up().high(), 1e-6);
  }

  @Test
  void dataThatWouldBeALineFillThePanel() {
    PointPanel panel = PointPanel.around(new float[] {0, 0, 100, 1});
    assertEquals(124, panel.across().high() - panel.across().low(), 1e-6);
    assertEquals(1.24, panel.up().high() - panel.up().low(), 1e-6);
  }

  @Test
  void aSinglePointAndPointsThatAreNotFiniteHaveASquare() {
    PointPanel single = PointPanel.around(new float[] {3, 3});
    assertEquals(2, single.across().low(), 1e-12);
    assertEquals(4, single.up().high(), 1e-12);
    PointPanel finite = PointPanel.around(new float[] {3, 3, Float.NaN, Float.POSITIVE_INFINITY});
    assertEquals(single, finite);
    assertEquals(-1, PointPanel.around(new float[] {Float.NaN, Float.NaN}).up().low(), 1e-12);
  }
}

package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

class PointPanelTest {
  private static final PointPanel PANEL = new PointPanel(new Range(-1, 1), new Range(0, 4));

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
}

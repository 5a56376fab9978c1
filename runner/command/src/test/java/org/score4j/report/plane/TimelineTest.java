package org.score4j.report.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.Sde;

class TimelineTest {
  /** {@code dx = sqrt(2 t) dw}: sigma = t. */
  private record Exploding(double endTime) implements Sde {
    @Override
    public double drift(double t) {
      return 0;
    }

    @Override
    public double diffusion(double t) {
      return Math.sqrt(2 * t);
    }

    @Override
    public double alpha(double t) {
      return 1;
    }

    @Override
    public double sigma(double t) {
      return t;
    }

    @Override
    public double startTime() {
      return 0.01;
    }
  }

  private static final Timeline TIMELINE = new Timeline(new Exploding(50), 2);

  @Test
  void timesAndPlacesAreInverse() {
    assertEquals(0.01, TIMELINE.time(0));
    assertEquals(50, TIMELINE.time(1));
    for (double place = 0.01; place < 1; place += 0.07) {
      assertEquals(place, TIMELINE.place(TIMELINE.time(place)), 1e-9);
    }
    assertEquals(TIMELINE.place(3), TIMELINE.placeOfNoise(3), 1e-12);
  }

  @Test
  void halfOfTheWayIsWhereNoiseIsAsWideAsTheData() {
    // Angles from atan(0.005) to atan(25) have their middle near 45 degrees.
    double middle = Math.tan((Math.atan(0.005) + Math.atan(25)) / 2);
    assertEquals(2 * middle, TIMELINE.time(0.5), 1e-9);
    assertEquals(1, middle, 0.04);
  }

  @Test
  void aViewHoldsTheDataAndThreeDeviationsOfThePrior() {
    float[] points = {-1, 3, 2, 4, 0, 5};
    View view = View.of(points);
    Window clean = view.at(TIMELINE.sde().level(0.01));
    for (int i = 0; i < points.length; i += 2) {
      assertTrue(Math.abs(points[i] - clean.x()) < clean.half());
      assertTrue(Math.abs(points[i + 1] - clean.y()) < clean.half());
    }
    assertEquals(150, view.at(TIMELINE.sde().level(50)).half(), 0.1);
  }

  @Test
  void aViewStaysWhereTheProcessKeepsTheScale() {
    View view = View.of(new float[] {-2, -2, 2, 2});
    assertTrue(view.steady(new Exploding(50)).fixed().isEmpty());
    Window fixed = view.steady(new Exploding(1)).fixed().orElseThrow();
    assertEquals(Math.hypot(2.3, 3), fixed.half(), 1e-9);
  }
}

package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.score4j.api.Dataset;
import org.score4j.api.InvalidValueException;
import org.score4j.testkit.DatasetContract;

class CheckerboardTest implements DatasetContract {
  private static final int COUNT = 60_000;

  @Override
  public Dataset dataset() {
    return new Checkerboard();
  }

  @Test
  void pointsLieOnDarkSquaresEachEquallyLikelyAndUniformInside() {
    int cells = 6;
    double scale = 3;
    Sample sample = Sample.of(new Checkerboard(cells, scale, 2), COUNT);
    int[][] counts = new int[cells][cells];
    double[][] inside = new double[2][COUNT];
    for (int n = 0; n < COUNT; n++) {
      int[] cell = new int[2];
      for (int axis = 0; axis < 2; axis++) {
        double place = cells * (sample.points()[n][axis] + scale) / (2 * scale);
        // Rounding to float32 may take a point over the edge by a few 1e-7.
        cell[axis] = (int) Math.max(0, Math.min(cells - 1, Math.floor(place)));
        inside[axis][n] = place - cell[axis];
        assertTrue(place > -1e-6 && place < cells + 1e-6);
      }
      boolean onEdge = Math.min(inside[0][n], inside[1][n]) < 1e-6;
      assertTrue(onEdge || (cell[0] + cell[1]) % 2 == 0);
      counts[cell[0]][cell[1]]++;
    }
    double share = 2.0 / (cells * cells);
    for (int i = 0; i < cells; i++) {
      for (int j = i % 2; j < cells; j += 2) {
        assertEquals(share * COUNT, counts[i][j], 4.5 * Math.sqrt(COUNT * share * (1 - share)));
      }
    }
    assertTrue(Sample.uniformityGap(inside[0]) < 1.95);
    assertTrue(Sample.uniformityGap(inside[1]) < 1.95);
  }

  @Test
  void defaultHasUnitVarianceAndNoMean() {
    Sample sample = Sample.of(new Checkerboard(), COUNT);
    double root = Math.sqrt(COUNT);
    for (int i = 0; i < 2; i++) {
      int axis = i;
      assertEquals(0, sample.mean(x -> x[axis]), 4 / root);
      // A uniform's fourth moment is 9/5 of its squared variance.
      assertEquals(1, sample.variance(i), 4 * Math.sqrt(0.8) / root);
    }
  }

  @Test
  void oddAndEmptyBoardsAreRefused() {
    assertThrows(InvalidValueException.class, () -> new Checkerboard(3, 1, 0));
    assertThrows(InvalidValueException.class, () -> new Checkerboard(0, 1, 0));
    assertThrows(InvalidValueException.class, () -> new Checkerboard(4, 0, 0));
  }
}

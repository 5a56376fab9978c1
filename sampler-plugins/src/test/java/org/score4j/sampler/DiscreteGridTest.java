package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.TimeGrid;
import org.score4j.sde.Ddpm;
import org.score4j.sde.VariancePreserving;

class DiscreteGridTest {
  @Nested
  class Leading implements EverySde {
    @Override
    public TimeGrid grid() {
      return new DiscreteGrid(Spacing.LEADING, 1000);
    }

    @Override
    public int mostSteps() {
      return 999;
    }
  }

  @Nested
  class Trailing implements EverySde {
    @Override
    public TimeGrid grid() {
      return new DiscreteGrid(Spacing.TRAILING, 1000);
    }

    @Override
    public int mostSteps() {
      return 666;
    }
  }

  @Nested
  class Linspace implements EverySde {
    @Override
    public TimeGrid grid() {
      return new DiscreteGrid(Spacing.LINSPACE, 1000);
    }

    @Override
    public int mostSteps() {
      return 999;
    }
  }

  private static double[] times(Spacing spacing, int steps) {
    return new DiscreteGrid(spacing, 1000).times(new Ddpm(), steps);
  }

  /** The steps of diffusers' "leading", counted from 1, after the last, which it leaves out. */
  @Test
  void leadingCountsUpFromTheFirstStep() {
    assertArrayEquals(
        new double[] {1000, 853, 711, 569, 427, 285, 143, 1}, times(Spacing.LEADING, 7));
    assertArrayEquals(
        new double[] {1000, 901, 801, 701, 601, 501, 401, 301, 201, 101, 1},
        times(Spacing.LEADING, 10));
  }

  /** The steps of diffusers' "trailing", counted from 1, and then the start. */
  @Test
  void trailingCountsDownFromTheLastStep() {
    assertArrayEquals(
        new double[] {1000, 857, 714, 571, 429, 286, 143, 1}, times(Spacing.TRAILING, 7));
    assertArrayEquals(
        new double[] {1000, 900, 800, 700, 600, 500, 400, 300, 200, 100, 1},
        times(Spacing.TRAILING, 10));
  }

  /** The steps of diffusers' "linspace", counted from 1, which rounds halves to even numbers. */
  @Test
  void linspaceGoesFromTheLastStepToTheFirst() {
    assertArrayEquals(
        new double[] {1000, 857, 715, 572, 429, 286, 144, 1}, times(Spacing.LINSPACE, 7));
    assertArrayEquals(
        new double[] {1000, 900, 800, 700, 600, 501, 401, 301, 201, 101, 1},
        times(Spacing.LINSPACE, 10));
  }

  @Test
  void inTheVpProcessStepsAreThousandths() {
    double[] times = new DiscreteGrid().times(new VariancePreserving(), 4);
    assertArrayEquals(new double[] {1, 0.75, 0.5, 0.25, 0.001}, times, 1e-15);
  }

  @Test
  void thereAreFewerStepsThanTrainingSteps() {
    for (Spacing spacing : Spacing.values()) {
      var thrown = assertThrows(InvalidValueException.class, () -> times(spacing, 1000));
      assertEquals("steps", thrown.faults().get(0).component());
    }
  }
}

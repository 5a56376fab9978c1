package org.score4j.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Progress;
import org.score4j.solver.AdaptiveSteps.Steps;

class AdaptiveStepsTest {

  /** Steps whose error is their length over a bound, which notes where samples are. */
  private static final class Bounded implements AdaptiveSteps.Method {
    private final double[] bounds;
    private final List<double[]> ends = new ArrayList<>();
    private int attempts;

    Bounded(double... bounds) {
      this.bounds = bounds;
    }

    @Override
    public void begin(Steps first) {}

    @Override
    public double[] attempt(Steps steps) {
      attempts++;
      double[] errors = new double[bounds.length];
      Arrays.setAll(errors, i -> Math.abs(steps.length()[i]) / bounds[i]);
      return errors;
    }

    @Override
    public void advance(Steps tried, boolean[] accepted, Steps next) {
      double[] at = new double[bounds.length];
      Arrays.setAll(at, i -> accepted[i] ? tried.to()[i] : tried.from()[i]);
      assertArrayEquals(at, next.from());
      ends.add(at);
    }
  }

  private static final AdaptiveSteps STEPS =
      new AdaptiveSteps("time", 1e-6, length -> new PiController(length, 0));

  @Test
  void everySampleGoesInItsOwnStepsAndMeetsTheEnd() {
    for (double end : new double[] {0, 2}) {
      var method = new Bounded(0.3, 0.01);
      List<Long> left = new ArrayList<>();
      Progress progress = (done, total) -> left.add(total - done);
      STEPS.run(1, end, new double[] {5, 5}, method, progress);
      assertArrayEquals(new double[] {end, end}, method.ends.get(method.ends.size() - 1));
      assertEquals(method.attempts, method.ends.size());
      assertEquals(0, left.get(left.size() - 1));
      long ofFirst = method.ends.stream().mapToDouble(at -> at[0]).distinct().count();
      long ofSecond = method.ends.stream().mapToDouble(at -> at[1]).distinct().count();
      assertTrue(ofFirst < 10 && ofSecond > 99, ofFirst + " and " + ofSecond);
    }
  }

  @Test
  void stepsThatBecomeTooShortEndInAnError() {
    var method = new Bounded(Double.NaN);
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () -> STEPS.run(1, 0, new double[] {1}, method, Progress.NONE));
    assertTrue(thrown.getMessage().startsWith("the step at time 1.0 became too small"));
    assertTrue(method.attempts < 12, method.attempts + " attempts");
  }
}

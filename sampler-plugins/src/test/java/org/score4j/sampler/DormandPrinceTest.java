package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Register;
import org.score4j.api.Sampler;
import org.score4j.api.Term;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sde.VarianceExploding;
import org.score4j.solver.DormandPrince;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.Tolerance;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

class DormandPrinceTest {

  /** {@code dx/dt = x cos(w t)}, solved by {@code x exp(sin(w t) / w)}. */
  private record Oscillation(Ops tf, Coefficient cosine, double w) implements DormandPrince.Rate {
    @Override
    public Term of(Register x) {
      return x.times(cosine.along(x));
    }

    @Override
    public List<Feed> at(double[] times) {
      return List.of(cosine.is(Arrays.stream(times).map(t -> Math.cos(w * t)).toArray()));
    }

    static double exact(double w, double from, double to) {
      return Math.exp((Math.sin(w * to) - Math.sin(w * from)) / w);
    }
  }

  /** From 1 over equal parts of a way, each to the tolerance. */
  private static float[] solve(
      double w, double from, double to, int parts, double tolerance, List<Integer> attempts) {
    Sampler sampler =
        graph -> {
          var rate = new Oscillation(graph.tf(), graph.perSample("cosine"), w);
          var wanted = new Tolerance(tolerance, tolerance, ErrorNorm.PER_SAMPLE);
          var solver = new DormandPrince(graph, rate, wanted, 0);
          return progress -> {
            for (int i = 0; i < parts; i++) {
              int[] steps = {0};
              solver.integrate(
                  from + (to - from) * i / parts,
                  from + (to - from) * (i + 1) / parts,
                  (done, total) -> steps[0]++);
              attempts.add(steps[0]);
            }
          };
        };
    var data = TwoModes.gaussian(0, 1);
    try (var program =
        new SamplingProgram(
            new VarianceExploding(), data, sampler, Shape.of(1), 2, 0, Precision.FLOAT32)) {
      return program.drawFrom(new float[] {1, -2}, 0, 0, n -> 0, Progress.NONE);
    }
  }

  /** A tolerance that accepts everything leaves one step a part: errors 2e-4 to 7e-7. */
  @Test
  void convergesAtOrderFive() {
    for (int parts : new int[] {2, 3}) {
      double order = Math.log(errorInSteps(parts) / errorInSteps(2 * parts)) / Math.log(2);
      assertEquals(5, order, 0.5, "from " + parts + " steps to twice as many");
    }
  }

  private static double errorInSteps(int parts) {
    List<Integer> attempts = new ArrayList<>();
    float[] x = solve(1, -0.95, 0.95, parts, 1000, attempts);
    assertEquals(Collections.nCopies(parts, 1), attempts);
    assertEquals(-2, x[1] / x[0], 1e-6);
    return Math.abs(x[0] / Oscillation.exact(1, -0.95, 0.95) - 1);
  }

  @Test
  void followsTheToleranceInEitherDirection() {
    for (double tolerance : new double[] {1e-3, 1e-4, 1e-5, 1e-6}) {
      List<Integer> attempts = new ArrayList<>();
      double forwards = solve(3, 0, 4, 1, tolerance, attempts)[0] / Oscillation.exact(3, 0, 4);
      double backwards = solve(3, 4, 0, 1, tolerance, attempts)[0] / Oscillation.exact(3, 4, 0);
      assertEquals(1, forwards, 5 * tolerance + 1e-6);
      assertEquals(1, backwards, 5 * tolerance + 1e-6);
    }
  }

  @Test
  void aRateThatIsNoNumberEndsInAnError() {
    var exception =
        assertThrows(
            IllegalStateException.class, () -> solve(Double.NaN, 0, 1, 1, 1e-3, new ArrayList<>()));
    assertTrue(exception.getMessage().contains("score is not finite"));
  }
}

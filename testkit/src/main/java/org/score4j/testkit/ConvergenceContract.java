package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;

/**
 * What every deterministic {@link Sampler} of order k must satisfy beside {@link SamplerContract}:
 * from given states at the end time to {@link Sde#startTime()}, its distance e from the {@link
 * GaussianFlow probability flow} of data N(0.5, 0.3^2) falls as {@code steps^-k}, measured as
 *
 * <pre>
 *   k = log2(e(steps) / e(2 steps)).
 * </pre>
 *
 * <p>The second error must be {@value #ROUNDING} or above, eight roundings of a float32 near 1:
 * below, rounding would be measured. The sampler must end at the start time, without the last
 * denoising step that some have.
 *
 * <pre>
 *   class MyHeunConvergesTest implements ConvergenceContract {
 *     public Sampler sampler(int steps) { return new MyHeun(steps); }
 *     public Sde sde() { return new VarianceExploding(); }
 *     public double order() { return 2; }
 *   }
 * </pre>
 */
public interface ConvergenceContract {

  /** The least error from which an order is measured. */
  double ROUNDING = 5e-7;

  /**
   * The sampler under test.
   *
   * @param steps {@link #steps()} or twice as many
   */
  Sampler sampler(int steps);

  /** The forward process to be reversed. */
  Sde sde();

  /** k, the order that the sampler's theory has. */
  double order();

  /**
   * The smaller number of steps: so many that the order shows, which is later the higher it is, and
   * so few that rounding does not.
   */
  default int steps() {
    return 32;
  }

  /** How far from {@link #order()} the measured order may be, to either side. */
  default double slack() {
    return 0.1;
  }

  /** What the error in twice the steps must not exceed; any, unless overridden. */
  default double largestError() {
    return Double.POSITIVE_INFINITY;
  }

  @Test
  default void errorFallsAtTheOrder() {
    double coarse = flow().error(sampler(steps()));
    double fine = flow().error(sampler(2 * steps()));
    String errors =
        String.format(
            Locale.ROOT,
            "%s: error %s in %d steps, %s in twice as many",
            sde(),
            coarse,
            steps(),
            fine);
    // Not "fine < ROUNDING", which NaN would pass.
    assertTrue(fine >= ROUNDING, errors + ": too small to measure, take fewer steps");
    assertEquals(order(), Math.log(coarse / fine) / Math.log(2), slack(), errors);
    assertTrue(fine <= largestError(), errors + ", at most " + largestError() + " expected");
  }

  @Test
  default void sampleIsAFunctionOfTheInitialState() {
    float[] start = flow().starts();
    Sampler sampler = sampler(steps());
    assertArrayEquals(
        flow().run(sampler, 1, start), flow().run(sampler, 2, start), "with another seed");
  }

  private GaussianFlow flow() {
    return new GaussianFlow(sde(), 0.5, 0.3);
  }
}

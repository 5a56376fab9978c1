package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.score4j.api.Metric;
import org.score4j.api.Metric.Measurement;
import org.score4j.api.Metric.Measuring;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link Metric} must satisfy: samples of the data's distribution N(0, I) are at their
 * best, the farther the samples are moved the worse they are, and nothing counts but the examples:
 * not the batches they come in, their order, what lies behind them in an array, or other
 * measurements.
 *
 * <p>A metric of features is fed with the numbers themselves in their place.
 *
 * <pre>
 *   class MyMetricTest implements MetricContract {
 *     public Metric metric() { return new MyMetric(); }
 *     public double tolerance() { return 0.05; }
 *   }
 * </pre>
 */
public interface MetricContract {

  /** The metric under test. */
  Metric metric();

  /** How far from {@link #best} {@link #count()} samples of the data's distribution may be. */
  double tolerance();

  /** Shape of an example: points of the plane unless overridden. */
  default Shape example() {
    return Shape.of(2);
  }

  /** Number of examples of each kind. */
  default int count() {
    return 400;
  }

  /** What a measurement is when samples are distributed as the data are. */
  default double best(String measurement) {
    return 0;
  }

  /** Whether it holds samples against data; false for one that looks at the samples alone. */
  default boolean comparesWithData() {
    return true;
  }

  /** Whether the order of examples does not count; false for one that divides them by it. */
  default boolean ignoresTheOrder() {
    return true;
  }

  /** By how many standard deviations samples are moved in each direction; they grow. */
  default double[] shifts() {
    return new double[] {0.5, 1, 2};
  }

  @Test
  default void samplesOfTheDataAreNearTheBest() {
    for (Measurement found : comparesWithData() ? measure(normal(1, 0), normal(2, 0)) : none()) {
      assertEquals(best(found.name()), found.value(), tolerance(), found.name());
    }
  }

  @Test
  default void theFartherSamplesAreMovedTheWorseTheyAre() {
    List<Measurement> before = comparesWithData() ? measure(normal(1, 0), normal(2, 0)) : none();
    for (double shift : shifts()) {
      List<Measurement> moved =
          comparesWithData() ? measure(normal(1, shift), normal(2, 0)) : none();
      for (int i = 0; i < before.size(); i++) {
        String name = moved.get(i).name();
        double best = best(name);
        double distance = Math.abs(moved.get(i).value() - best);
        assertTrue(
            distance > Math.abs(before.get(i).value() - best),
            "%s is %s at less than %s standard deviations, and %s there"
                .formatted(name, before.get(i).value(), shift, moved.get(i).value()));
      }
      before = moved;
    }
  }

  private static List<Measurement> none() {
    return List.of();
  }

  @Test
  default void numbersAreFiniteInTheirIntervalsAndHaveNames() {
    List<Measurement> found = measure(normal(1, 0.5), normal(2, 0));
    assertFalse(found.isEmpty());
    var names = new HashSet<String>();
    for (Measurement each : found) {
      assertFalse(each.name().isBlank());
      assertTrue(names.add(each.name()), "two measurements called " + each.name());
      assertTrue(Double.isFinite(each.value()), each.toString());
      each.interval()
          .ifPresent(
              interval ->
                  assertTrue(
                      interval.low() <= each.value() && each.value() <= interval.high(),
                      each.toString()));
    }
  }

  @Test
  default void measuringAgainGivesTheSameBits() {
    assertEquals(measure(normal(1, 0.5), normal(2, 0)), measure(normal(1, 0.5), normal(2, 0)));
  }

  @Test
  default void batchesDoNotMatter() {
    float[] generated = normal(1, 0.5);
    float[] real = normal(2, 0);
    Measuring measuring = metric().start(example());
    int size = size();
    for (int i = 0; i < count(); i += 7) {
      int until = Math.min(i + 7, count());
      measuring.real(Arrays.copyOfRange(real, i * size, until * size), until - i);
      measuring.generated(Arrays.copyOfRange(generated, i * size, until * size), until - i);
    }
    assertNear(measure(generated, real), measuring.result());
  }

  @Test
  default void theOrderDoesNotMatter() {
    assumeTrue(ignoresTheOrder(), "the contract's ignoresTheOrder() is false");
    float[] generated = normal(1, 0.5);
    float[] real = normal(2, 0);
    assertNear(measure(generated, real), measure(reversed(generated), reversed(real)));
  }

  /** Nor what becomes of an array that it has taken in. */
  @Test
  default void whatLiesBehindTheExamplesDoesNotMatter() {
    float[] generated = normal(1, 0.5);
    float[] real = normal(2, 0);
    Measuring measuring = metric().start(example());
    float[] reused = Arrays.copyOf(generated, 2 * generated.length);
    Arrays.fill(reused, generated.length, reused.length, Float.NaN);
    float[] given = reused.clone();
    measuring.generated(reused, count());
    assertArrayEquals(given, reused, "the array that was given");
    Arrays.fill(reused, Float.NaN);
    System.arraycopy(real, 0, reused, 0, real.length);
    measuring.real(reused, count());
    Arrays.fill(reused, Float.NaN);
    assertEquals(measure(generated, real), measuring.result());
  }

  @Test
  default void measurementsDoNotDisturbEachOther() {
    Metric metric = metric();
    Measuring one = metric.start(example());
    Measuring other = metric.start(example());
    one.generated(normal(1, 0.5), count());
    other.generated(normal(3, 2), count());
    one.real(normal(2, 0), count());
    other.real(normal(4, 1), count());
    assertEquals(measure(normal(1, 0.5), normal(2, 0)), one.result());
    assertEquals(measure(normal(3, 2), normal(4, 1)), other.result());
  }

  @Test
  default void asManyExamplesAsItTakesGiveNumbers() {
    int least = metric().leastExamples();
    assertTrue(least >= 1, "must take an example at least, but says " + least);
    assertTrue(least <= count(), "count() must be " + least + " at least");
    Measuring measuring = metric().start(example());
    measuring.generated(normal(1, 0), least);
    measuring.real(normal(2, 0), least);
    for (Measurement each : measuring.result()) {
      assertTrue(Double.isFinite(each.value()), each + " of " + least + " of each kind");
    }
  }

  private List<Measurement> measure(float[] generated, float[] real) {
    Measuring measuring = metric().start(example());
    measuring.generated(generated, count());
    measuring.real(real, count());
    return measuring.result();
  }

  private static void assertNear(List<Measurement> expected, List<Measurement> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).name(), found.get(i).name());
      double value = expected.get(i).value();
      assertEquals(value, found.get(i).value(), 1e-9 * Math.max(1, Math.abs(value)));
    }
  }

  private int size() {
    return Math.toIntExact(example().size());
  }

  private float[] normal(long seed, double mean) {
    var random = new Random(seed);
    float[] values = new float[count() * size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + random.nextGaussian());
    }
    return values;
  }

  private float[] reversed(float[] values) {
    float[] reversed = new float[values.length];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(values, i * size(), reversed, (count() - 1 - i) * size(), size());
    }
    return reversed;
  }
}

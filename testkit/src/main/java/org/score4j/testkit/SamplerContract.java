package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link Sampler} must satisfy: given the exact score, it draws from the data's
 * distribution; it repeats itself bit for bit; it reports its progress and can be cancelled;
 * controls come before each of its evaluations, and its states can be followed from the prior to
 * the samples.
 *
 * <p>Statistics are over 40,960 numbers, and must lie within {@link #tolerance()} plus four
 * standard errors of a faultless sampler, 2% of a mean and 2.8% of a variance.
 */
public interface SamplerContract {

  /** The sampler under test, with as many steps as it takes to be within the tolerance. */
  Sampler sampler();

  /** The forward process to be reversed. */
  Sde sde();

  /**
   * The sampler's own error with this process: of a mean, in standard deviations; of a variance,
   * relative; of a mode's weight, absolute.
   */
  double tolerance();

  /**
   * Whether a sample is the same whatever else is drawn with it; false only for a method that
   * defines its step by the batch.
   */
  default boolean treatsSamplesSeparately() {
    return true;
  }

  /**
   * Whether the samples are distributed as the data; false only for a demonstration of how not to
   * sample.
   */
  default boolean drawsTheData() {
    return true;
  }

  /**
   * Whether every mode gets its weight; false only for a method that stays in the mode where it
   * starts.
   */
  default boolean reachesEveryMode() {
    return drawsTheData();
  }

  @Test
  default void meanAndVarianceOfGaussianDataAreThoseOfTheMarginal() {
    assumeTrue(drawsTheData(), "the contract's drawsTheData() is false");
    double mean = 0.5;
    double deviation = 0.3;
    float[] x = statistics(TwoModes.gaussian(mean, deviation));
    NoiseLevel level = sde().level(sde().startTime());
    double variance = Math.pow(level.alpha() * deviation, 2) + Math.pow(level.sigma(), 2);
    double standardError = 1 / Math.sqrt(x.length);

    double actualMean = doubles(x).average().orElseThrow();
    double error = (actualMean - level.alpha() * mean) / Math.sqrt(variance);
    assertEquals(0, error, tolerance() + 4 * standardError, "mean, in standard deviations");

    double actualVariance =
        doubles(x).map(v -> Math.pow(v - actualMean, 2)).average().orElseThrow();
    double allowed = tolerance() + 4 * Math.sqrt(2) * standardError;
    assertEquals(1, actualVariance / variance, allowed, "variance over the marginal's");
  }

  @Test
  default void modesOfAMixtureHaveTheirWeights() {
    assumeTrue(reachesEveryMode(), "the contract's reachesEveryMode() is false");
    double weight = 0.3;
    float[] x = statistics(new TwoModes(-1, 1, weight, 0.2));
    double actual = doubles(x).filter(v -> v > 0).count() / (double) x.length;
    double standardError = Math.sqrt(weight * (1 - weight) / x.length);
    assertEquals(weight, actual, tolerance() + 4 * standardError);
  }

  @Test
  default void samplesOfImagesAreFinite() {
    try (var program = program(TwoModes.gaussian(0, 1), Shape.of(4, 4, 3), 2)) {
      for (float value : draw(program, 1, Progress.NONE)) {
        assertTrue(Float.isFinite(value), "found " + value);
      }
    }
  }

  @Test
  default void theSameSeedGivesTheSameBits() {
    float[] first;
    try (var program = small(8)) {
      first = draw(program, 3, Progress.NONE);
      assertArrayEquals(first, draw(program, 3, Progress.NONE), "drawn again");
      assertFalse(Arrays.equals(first, draw(program, 4, Progress.NONE)), "another seed");
    }
    try (var program = small(8)) {
      assertArrayEquals(first, draw(program, 3, Progress.NONE), "compiled again");
    }
  }

  /** Up to rounding, which may differ with the place of a number in a tensor. */
  @Test
  default void aSampleDoesNotDependOnItsBatch() {
    assumeTrue(treatsSamplesSeparately(), "the contract's treatsSamplesSeparately() is false");
    try (var eight = small(8);
        var three = small(3)) {
      float[] expected = Arrays.copyOfRange(draw(eight, 3, Progress.NONE), 4 * 2, 7 * 2);
      assertArrayEquals(expected, three.draw(3, 4, n -> 0, Progress.NONE), 1e-3f);
    }
  }

  @Test
  default void progressCountsEveryStepFromOneToTheTotal() {
    List<Long> done = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    try (var program = small(1)) {
      draw(
          program,
          1,
          (d, t) -> {
            done.add(d);
            total.add(t);
          });
    }
    assertFalse(done.isEmpty());
    for (int i = 0; i < done.size(); i++) {
      assertEquals(i + 1, done.get(i));
      assertTrue(total.get(i) >= done.get(i), done.get(i) + " of " + total.get(i));
    }
    assertEquals(done.get(done.size() - 1), total.get(total.size() - 1));
  }

  @Test
  default void cancellingStopsAtOnceAndTheNextRunIsUnharmed() {
    var cancelled = new CancellationException("as the test wants");
    int[] reports = {0};
    try (var program = small(2)) {
      float[] before = draw(program, 5, Progress.NONE);
      Progress cancelling =
          (done, total) -> {
            reports[0]++;
            throw cancelled;
          };
      var thrown = assertThrows(CancellationException.class, () -> draw(program, 5, cancelling));
      assertSame(cancelled, thrown);
      assertEquals(1, reports[0]);
      assertArrayEquals(before, draw(program, 5, Progress.NONE));
    }
  }

  /** An evaluation elsewhere than where the control puts the state is NaN. */
  @Test
  default void aControlIsAppliedBeforeEveryEvaluation() {
    var data = new TwoModes(-1, 1, 0.5, 0.2);
    var known = new ControlInputs(List.of(new FirstNumber(0.5f)));
    try (var program = program(data, Shape.of(3), 4, known)) {
      float[] x = assertDoesNotThrow(() -> draw(program, 3, Progress.NONE));
      assertTrue(program.evaluations() > 0, "there is no evaluation");
      for (float value : x) {
        assertTrue(Float.isFinite(value), "an evaluation without the control");
      }
    }
  }

  /** States begin at the prior, are as wide as their levels say, and end near the samples. */
  @Test
  default void theStatesToldLeadFromThePriorToTheSamples() {
    double mean = 0.5;
    double deviation = 0.3;
    List<double[]> times = new ArrayList<>();
    List<float[]> states = new ArrayList<>();
    int size = 16;
    float[] samples;
    try (var program = program(TwoModes.gaussian(mean, deviation), Shape.of(size), 64)) {
      samples =
          program.draw(
              1,
              0,
              n -> 0,
              Progress.NONE,
              (at, state) -> {
                times.add(at.clone());
                states.add(state.get());
              });
    }
    assertFalse(states.isEmpty(), "no state is told");
    double prior = sde().priorStandardDeviation();
    // Five standard errors of a deviation over 1024 numbers are 11%.
    assertEquals(1, rootMeanSquare(states.get(0), (x, i) -> x / prior), 0.12, "first state");

    for (int k = 0; reachesEveryMode() && k < states.size(); k++) {
      double[] at = times.get(k);
      double spread =
          rootMeanSquare(
              states.get(k),
              (x, i) -> {
                NoiseLevel level = sde().level(at[i / size]);
                double variance = Math.pow(level.alpha() * deviation, 2);
                return (x - level.alpha() * mean)
                    / Math.sqrt(variance + Math.pow(level.sigma(), 2));
              });
      assertTrue(spread > 0.5 && spread < 2, "state " + k + ": " + spread + " of its level's");
    }

    double way = rootMeanSquare(states.get(0), (x, i) -> (double) x - samples[i]);
    double left = rootMeanSquare(states.get(states.size() - 1), (x, i) -> (double) x - samples[i]);
    assertTrue(left < way / 4, left + " of " + way + " remain after the last state");
  }

  private static double rootMeanSquare(float[] x, BiFunction<Float, Integer, Double> of) {
    return Math.sqrt(
        IntStream.range(0, x.length)
            .mapToDouble(i -> Math.pow(of.apply(x[i], i), 2))
            .average()
            .orElseThrow());
  }

  private float[] statistics(TwoModes data) {
    try (var program = program(data, Shape.of(16), 2560)) {
      return draw(program, 1, Progress.NONE);
    }
  }

  private SamplingProgram small(int batch) {
    return program(new TwoModes(-1, 1, 0.5, 0.2), Shape.of(2), batch);
  }

  private SamplingProgram program(TwoModes data, Shape example, int batch) {
    return program(data, example, batch, ControlInputs.none());
  }

  private SamplingProgram program(TwoModes data, Shape example, int batch, ControlInputs controls) {
    // The loop in the graph is the engine's own: it would hide what the sampler's does.
    return new SamplingProgram(
        sde(),
        data,
        sampler(),
        example,
        batch,
        0,
        Precision.FLOAT32,
        new SamplingOptions().with(LoopMode.HOST).with(controls));
  }

  private static float[] draw(SamplingProgram program, long seed, Progress progress) {
    return program.draw(seed, 0, n -> 0, progress);
  }

  private static DoubleStream doubles(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]);
  }
}

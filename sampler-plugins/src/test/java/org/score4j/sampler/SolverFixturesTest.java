package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.Edm;
import org.score4j.sde.VariancePreserving;

/**
 * The states of solvers after every step, against an implementation in float64 that was written
 * from the papers. The data are a mixture of three Gaussians in two dimensions, six samples.
 *
 * <p>A state counts as reproduced within 2e-6 of the largest number in it, which is three times
 * what rounding to float32 was seen to do.
 */
class SolverFixturesTest {
  private static final double TOLERANCE = 2e-6;
  private static final int BATCH = 6;

  private final Fixture fixtures = Fixture.open("solvers.safetensors");
  private final TimeGrid sigmas = recorded("edm/sigmas");
  private final TimeGrid down =
      (sde, n) -> DoubleStream.iterate(10, t -> t - 1).limit(n + 1).toArray();

  /** {@code edm/euler_ddim/x} proves {@link Euler}. */
  @Test
  void eulerTakesTheRecordedSteps() {
    assertEdm("edm/euler_ddim/x", new Euler(18, sigmas, true));
  }

  /** {@code edm/heun/x} proves {@link Heun} without churn. */
  @Test
  void heunTakesTheRecordedSteps() {
    assertEdm("edm/heun/x", new Heun(18, 0, 0, 1e9, 1, sigmas, true));
  }

  /** {@code edm/heun_churn/x} proves {@link Heun} with churn. */
  @Test
  void heunWithChurnTakesTheRecordedSteps() {
    assertEdm("edm/heun_churn/x", new Heun(18, 40, 0.05, 50, 1.003, sigmas, true));
  }

  /** {@code edm/dpmpp_2m/x} proves {@link DpmSolverPlusPlus2M} where alpha is 1. */
  @Test
  void dpmSolverPlusPlus2mTakesTheRecordedSteps() {
    assertEdm("edm/dpmpp_2m/x", multistep(18, sigmas, true));
  }

  /** {@code vp_dpmpp_2m/x} proves {@link DpmSolverPlusPlus2M} where alpha is not 1. */
  @Test
  void dpmSolverPlusPlus2mTakesTheRecordedStepsOfVp() {
    assertSteps(
        "vp_dpmpp_2m/x",
        "vp_dpmpp_2m/x_init",
        new VariancePreserving(),
        multistep(12, recorded("vp_dpmpp_2m/t"), false),
        List.<float[]>of().iterator());
  }

  /** {@code ddim/eta0/x}, {@code ddim/eta0.5/x}, {@code ddim/eta1/x} prove {@link Ddim}. */
  @ParameterizedTest
  @CsvSource({"ddim/eta0/x, 0", "ddim/eta0.5/x, 0.5", "ddim/eta1/x, 1"})
  void ddimTakesTheRecordedSteps(String states, double eta) {
    assertDiscrete(states, new Ddim(10, eta, down, true));
  }

  /** They prove {@link EulerAncestral}, which is the same in other words. */
  @ParameterizedTest
  @CsvSource({"ddim/eta0/x, 0", "ddim/eta0.5/x, 0.5", "ddim/eta1/x, 1"})
  void eulerAncestralTakesTheRecordedStepsOfDdim(String states, double eta) {
    assertDiscrete(states, new EulerAncestral(10, eta, 1, down, true));
  }

  /** {@code ddim/eta1/x} proves {@link Ddpm} with the variance of the posterior. */
  @Test
  void ddpmTakesTheRecordedStepsOfDdimWithAllNoise() {
    assertDiscrete("ddim/eta1/x", new Ddpm(10, Variance.POSTERIOR, down, true));
  }

  private static Sampler multistep(int steps, TimeGrid grid, boolean denoise) {
    return new DpmSolverPlusPlus(steps, Variant._2M, SolverType.MIDPOINT, 1, false, grid, denoise);
  }

  /** The first times of a record. */
  private TimeGrid recorded(String name) {
    return (sde, steps) -> Arrays.copyOf(fixtures.doubles(name), steps + 1);
  }

  private void assertEdm(String states, Sampler sampler) {
    // The record has noise for every step; those outside of [0.05, 50] have no churn.
    double[] levels = fixtures.doubles("edm/sigmas");
    List<float[]> all = fixtures.rows("edm/heun_churn/noise");
    Iterator<float[]> noise =
        IntStream.range(0, all.size())
            .filter(i -> levels[i] >= 0.05 && levels[i] <= 50)
            .mapToObj(all::get)
            .iterator();
    assertSteps(states, "edm/x_init", new Edm(0.002, 80), sampler, noise);
  }

  private void assertDiscrete(String states, Sampler sampler) {
    // Squares of alpha at times 1, 2, ...
    double[] squares = fixtures.doubles("ddim/alphas_cumprod_tau");
    double[] down =
        IntStream.range(0, squares.length)
            .mapToDouble(n -> squares[squares.length - 1 - n])
            .toArray();
    var sde =
        new Levels(
            Arrays.stream(down).map(Math::sqrt).toArray(),
            Arrays.stream(down).map(square -> Math.sqrt(1 - square)).toArray());
    assertSteps(states, "ddim/x_init", sde, sampler, fixtures.rows("ddim/noise").iterator());
  }

  private void assertSteps(
      String states, String start, Sde sde, Sampler sampler, Iterator<float[]> noise) {
    double[] all = fixtures.doubles(states);
    float[] first = fixtures.rounded(start);
    int size = first.length;
    List<double[]> found = Trajectory.states(sde, fixtures.mixture(), sampler, first, BATCH, noise);
    assertEquals(all.length / size, found.size(), "steps");
    for (int n = 0; n < found.size(); n++) {
      assertState(
          states + (n + 1), Arrays.copyOfRange(all, n * size, (n + 1) * size), found.get(n));
    }
  }

  private static void assertState(String what, double[] expected, double[] actual) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * scale, what);
    }
  }
}

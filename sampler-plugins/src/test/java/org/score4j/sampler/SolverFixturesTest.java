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
import org.score4j.api.Precision;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.SamplingOptions;
import org.score4j.engine.SamplingProgram;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.Edm;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

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
    var sde = new Discrete(fixtures.doubles("ddim/alphas_cumprod_tau"));
    assertSteps(states, "ddim/x_init", sde, sampler, fixtures.rows("ddim/noise").iterator());
  }

  private void assertSteps(
      String states, String start, Sde sde, Sampler sampler, Iterator<float[]> noise) {
    double[] all = fixtures.doubles(states);
    int size = fixtures.rounded(start).length;
    Sampler watched =
        graph -> {
          var look = graph.kernel("look", List.of(graph.state().value()));
          var loop = sampler.build(graph);
          return progress ->
              loop.run(
                  (done, total) -> {
                    int end = (int) done * size;
                    assertState(
                        states + done, Arrays.copyOfRange(all, end - size, end), look.run());
                    progress.step(done, total);
                  });
        };
    long[] steps = {0};
    try (var program =
        new SamplingProgram(
            sde,
            fixtures.mixture(),
            watched,
            Shape.of(size / BATCH),
            BATCH,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(noise::next))) {
      program.drawFrom(fixtures.rounded(start), 0, 0, n -> 0, (done, total) -> steps[0] = done);
    }
    assertEquals(all.length / size, steps[0], "steps");
  }

  private static void assertState(String what, double[] expected, double[] actual) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * scale, what);
    }
  }

  /** Times 1, 2, ... with the given squares of alpha, variance preserving. */
  private record Discrete(double[] squaredAlphas) implements Sde {
    @Override
    public double alpha(double t) {
      return Math.sqrt(squaredAlphas[(int) t - 1]);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(1 - squaredAlphas[(int) t - 1]);
    }

    @Override
    public double drift(double t) {
      throw new UnsupportedOperationException("a discrete process");
    }

    @Override
    public double diffusion(double t) {
      throw new UnsupportedOperationException("a discrete process");
    }

    @Override
    public double startTime() {
      return 1;
    }

    @Override
    public double endTime() {
      return squaredAlphas.length;
    }
  }
}

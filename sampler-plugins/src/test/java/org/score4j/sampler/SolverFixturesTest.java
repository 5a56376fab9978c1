package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.MixtureComponent;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.GivenNoise;
import org.score4j.engine.SamplingProgram;
import org.score4j.engine.TensorFile;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.Edm;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

/**
 * The states of solvers after every step, against an implementation in float64 that was written
 * from the papers. The data are a mixture of three Gaussians in two dimensions, six samples.
 *
 * <p>A state counts as reproduced within 1e-5 of the largest number in it. The state after step k
 * is that of a sampler whose grid ends there.
 */
class SolverFixturesTest {
  private static final double TOLERANCE = 1e-5;
  private static final int BATCH = 6;
  private static final int STATE = BATCH * 2;

  private final TensorFile fixtures = open();

  private static TensorFile open() {
    try {
      return TensorFile.open(
          Path.of(SolverFixturesTest.class.getResource("solvers.safetensors").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first levels of a recorded run. */
  private record Start(int steps, TimeGrid grid, boolean denoise) {}

  /** {@code edm/euler_ddim/x} proves {@link Euler}. */
  @Test
  void eulerTakesTheRecordedSteps() {
    assertEdm("euler_ddim", s -> new Euler(s.steps, s.grid, s.denoise));
  }

  /** {@code edm/euler_ddim/x} proves {@link Ddim} without noise where alpha is 1. */
  @Test
  void ddimTakesTheRecordedStepsOfEuler() {
    assertEdm("euler_ddim", s -> new Ddim(s.steps, 0, s.grid, s.denoise));
  }

  /** {@code edm/heun/x} proves {@link Heun} without churn. */
  @Test
  void heunTakesTheRecordedSteps() {
    assertEdm("heun", s -> new Heun(s.steps, 0, 0, 1e9, 1, s.grid, s.denoise));
  }

  /** {@code edm/heun_churn/x} proves {@link Heun} with churn. */
  @Test
  void heunWithChurnTakesTheRecordedSteps() {
    // Churn is a share of all steps, of which the record has 18.
    assertEdm(
        "heun_churn",
        s -> new Heun(s.steps, 40.0 / 18 * s.steps, 0.05, 50, 1.003, s.grid, s.denoise));
  }

  /** {@code edm/dpmpp_2m/x} proves {@link DpmSolverPlusPlus2M} where alpha is 1. */
  @Test
  void dpmSolverPlusPlus2mTakesTheRecordedSteps() {
    assertEdm("dpmpp_2m", SolverFixturesTest::multistep);
  }

  /** {@code vp_dpmpp_2m/x} proves {@link DpmSolverPlusPlus2M} where alpha is not 1. */
  @Test
  void dpmSolverPlusPlus2mTakesTheRecordedStepsOfVp() {
    double[] t = fixtures.doubles("vp_dpmpp_2m/t");
    for (int steps = 1; steps < t.length; steps++) {
      double[] times = Arrays.copyOf(t, steps + 1);
      var sampler = multistep(new Start(steps, (sde, n) -> times, false));
      float[] x =
          run(new VariancePreserving(), sampler, "vp_dpmpp_2m/x_init", () -> new float[STATE]);
      assertState("vp_dpmpp_2m/x", steps - 1, x);
    }
  }

  /** {@code ddim/eta*}/x proves {@link Ddim}, with the last step to no noise. */
  @ParameterizedTest
  @CsvSource({"eta0, 0", "eta0.5, 0.5", "eta1, 1"})
  void ddimTakesTheRecordedSteps(String run, double eta) {
    assertDiscrete("ddim/" + run + "/x", s -> new Ddim(s.steps, eta, s.grid, s.denoise));
  }

  /** {@code ddim/eta1/x} proves {@link Ddpm} with the smaller variance. */
  @Test
  void ddpmTakesTheRecordedStepsOfDdimWithAllNoise() {
    assertDiscrete("ddim/eta1/x", s -> new Ddpm(s.steps, Ddpm.Variance.SMALL, s.grid, s.denoise));
  }

  /** {@code ddim/eta*}/x proves {@link EulerAncestral}. */
  @ParameterizedTest
  @CsvSource({"eta0, 0", "eta0.5, 0.5", "eta1, 1"})
  void eulerAncestralTakesTheRecordedStepsOfDdim(String run, double eta) {
    assertDiscrete(
        "ddim/" + run + "/x", s -> new EulerAncestral(s.steps, eta, 1, s.grid, s.denoise));
  }

  private static Sampler multistep(Start s) {
    return new DpmSolverPlusPlus(
        s.steps, Variant._2M, SolverType.MIDPOINT, 1, false, s.grid, s.denoise);
  }

  private void assertEdm(String run, Function<Start, Sampler> sampler) {
    double[] sigmas = fixtures.doubles("edm/sigmas");
    int last = sigmas.length - 1;
    for (int steps = 1; steps <= last; steps++) {
      boolean denoise = steps == last;
      double[] times = Arrays.copyOf(sigmas, denoise ? steps : steps + 1);
      // The record has noise for every step; those outside of [0.05, 50] have no churn.
      var churned =
          IntStream.range(0, steps).filter(i -> sigmas[i] >= 0.05 && sigmas[i] <= 50).iterator();
      float[] x =
          run(
              new Edm(0.002, 80),
              sampler.apply(new Start(steps, (sde, n) -> times, denoise)),
              "edm/x_init",
              () -> state("edm/heun_churn/noise", churned.nextInt()));
      assertState("edm/" + run + "/x", steps - 1, x);
    }
  }

  private void assertDiscrete(String name, Function<Start, Sampler> sampler) {
    var sde = new Discrete(fixtures.doubles("ddim/alphas_cumprod_tau"));
    for (int steps = 1; steps <= 10; steps++) {
      boolean denoise = steps == 10;
      double[] times =
          DoubleStream.iterate(10, t -> t - 1).limit(denoise ? 10 : steps + 1).toArray();
      var draws = IntStream.range(0, steps).iterator();
      float[] x =
          run(
              sde,
              sampler.apply(new Start(steps, (process, n) -> times, denoise)),
              "ddim/x_init",
              () -> state("ddim/noise", draws.nextInt()));
      assertState(name, steps - 1, x);
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

  private float[] run(Sde sde, Sampler sampler, String start, GivenNoise noise) {
    try (var program =
        new SamplingProgram(
            sde, mixture(), sampler, Shape.of(2), BATCH, 0, Precision.FLOAT32, noise)) {
      return program.drawFrom(state(start, 0), 0, 0, n -> 0, Progress.NONE);
    }
  }

  private GaussianMixture mixture() {
    double[] weights = fixtures.doubles("gmm/weights");
    double[] means = fixtures.doubles("gmm/means");
    double[] variances = fixtures.doubles("gmm/vars");
    return new GaussianMixture(
        IntStream.range(0, weights.length)
            .mapToObj(
                k ->
                    new MixtureComponent(
                        weights[k],
                        List.of(means[2 * k], means[2 * k + 1]),
                        List.of(Math.sqrt(variances[2 * k]), Math.sqrt(variances[2 * k + 1]))))
            .toList());
  }

  /** Number {@code index} of the states that a tensor holds. */
  private float[] state(String name, int index) {
    double[] all = fixtures.doubles(name);
    float[] state = new float[STATE];
    for (int i = 0; i < STATE; i++) {
      state[i] = (float) all[index * STATE + i];
    }
    return state;
  }

  private void assertState(String name, int index, float[] actual) {
    double[] all = fixtures.doubles(name);
    double[] expected = Arrays.copyOfRange(all, index * STATE, (index + 1) * STATE);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double worst = 0;
    for (int i = 0; i < STATE; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]) / scale);
    }
    if (Boolean.getBoolean("score4j.print")) {
      System.out.println(name + " " + index + " " + worst);
    }
    assertEquals(0, worst, TOLERANCE, name + " after step " + (index + 1));
  }
}

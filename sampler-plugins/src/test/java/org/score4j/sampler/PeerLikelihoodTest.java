package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sde;
import org.score4j.engine.device.Device;
import org.score4j.engine.sampling.FlowProgram;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.score.Divergence;
import org.score4j.engine.score.Divergence.Method;
import org.score4j.engine.score.LogDensity;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.Tolerance;
import org.tensorflow.ndarray.Shape;

/** Densities of a mixture, against closed forms and against SciPy's solver in float64. */
class PeerLikelihoodTest {
  private static final Map<String, Sde> PROCESSES =
      Map.of(
          "ve", new VarianceExploding(),
          "vp", new VariancePreserving(),
          "subvp", new SubVariancePreserving());

  private final Fixture fixture = Fixture.open("ode.safetensors");
  private final Shape shape = Shape.of(2, 1, 1);

  private static Tolerance tolerance(double each) {
    return new Tolerance(each, each, ErrorNorm.PER_SAMPLE);
  }

  private FlowProgram program(String sde, FlowProgram.Settings settings) {
    return new FlowProgram(
        PROCESSES.get(sde),
        fixture.mixture(),
        shape,
        6,
        0,
        Precision.FLOAT32,
        new SamplingOptions().with(Device.CPU),
        settings);
  }

  private FlowProgram.Densities densities(FlowProgram program) {
    return program.density(fixture.rounded("data"), 0, 0, n -> 0, Progress.NONE);
  }

  private static double largestError(double[] expected, FlowProgram.Densities found) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found.densities().get(i).value()));
    }
    return largest;
  }

  /** The largest errors found are 5e-6 (log-density) and 2.2e-6 (latents). */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void everyDivergenceGivesThePeersDensityAndLatents(String sde) {
    for (Method method : Method.values()) {
      String name = method.name().toLowerCase(Locale.ROOT);
      var settings =
          new FlowProgram.Settings(
                  tolerance(1e-6), new Divergence(method, 1), Optional.of(tolerance(1e-6)))
              .along(() -> fixture.rounded("eps_" + name));
      String peer = sde + "/lik/" + name + "_1e10/";
      try (var program = program(sde, settings)) {
        var found = densities(program);
        double error = largestError(fixture.doubles(peer + "logp"), found);
        double moved =
            Fixture.largestDifference(fixture.doubles(peer + "z"), found.latents())
                / PROCESSES.get(sde).priorStandardDeviation();
        assertTrue(error <= 2e-5, method + ": log-density off by " + error);
        assertTrue(moved <= 1e-5, method + ": latents off by " + moved);
      }
    }
  }

  /**
   * With the end's marginal for a prior, which leaves no error but the solver's; the path takes a
   * hundredth of the tolerance, for where it ends has its own part in the density.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void theDensityIsTheTrueOneWithinTheToleranceAskedFor(String sde) {
    double[] truth = fixture.doubles(sde + "/lik/true_logp_at_eps");
    var end = PROCESSES.get(sde).level(1);
    for (double wanted : new double[] {1e-2, 1e-4}) {
      var settings =
          new FlowProgram.Settings(
              tolerance(wanted / 100), Divergence.exact(), Optional.of(tolerance(wanted)));
      try (var program = program(sde, settings)) {
        var found = densities(program);
        for (int i = 0; i < truth.length; i++) {
          double[] z = {found.latents()[2 * i], found.latents()[2 * i + 1]};
          double value = trueDensity(end, z) + found.densities().get(i).changes()[0];
          assertEquals(truth[i], value, wanted * (1 + Math.abs(truth[i])), "asked for " + wanted);
        }
      }
    }
  }

  /** {@code ln sum_k w_k N(x; alpha m_k, alpha^2 v_k + sigma^2)}. */
  private double trueDensity(NoiseLevel level, double[] x) {
    double[] weights = fixture.doubles("gmm/weights");
    double[] means = fixture.doubles("gmm/means");
    double[] variances = fixture.doubles("gmm/vars");
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      double exponent = 0;
      for (int d = 0; d < 2; d++) {
        double variance =
            level.alpha() * level.alpha() * variances[2 * k + d] + level.sigma() * level.sigma();
        double off = x[d] - level.alpha() * means[2 * k + d];
        exponent -= off * off / (2 * variance) + Math.log(2 * Math.PI * variance) / 2;
      }
      sum += weights[k] * Math.exp(exponent);
    }
    return Math.log(sum);
  }

  /** The estimator's mean is the trace: four standard errors hold it. */
  @Test
  void probesAgreeWithTheExactDivergenceWithinTheirErrors() {
    var settings =
        new FlowProgram.Settings(
            tolerance(1e-4), new Divergence(Method.RADEMACHER, 8), Optional.empty());
    double[] exact = fixture.doubles("vp/lik/exact_1e10/logp");
    try (var program = program("vp", settings)) {
      var found = densities(program).densities();
      for (int i = 0; i < exact.length; i++) {
        LogDensity density = found.get(i);
        double off = Math.abs(density.value() - exact[i]);
        assertTrue(off <= 4 * density.standardError() + 1e-3, "off by " + off);
        assertTrue(density.standardError() < 0.6, "error " + density.standardError());
      }
    }
  }

  /** At tolerances of 1e-6; the differences found are 4e-6 to 8e-6. */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void decodingBringsTheDataBack(String sde) {
    try (var program = program(sde, new FlowProgram.Settings(tolerance(1e-6)))) {
      float[] z = program.encode(fixture.rounded("data"), 0, n -> 0, Progress.NONE);
      float[] x = program.decode(z, 0, n -> 0, Progress.NONE);
      double difference = Fixture.largestDifference(fixture.doubles("data"), x);
      assertTrue(difference <= 3e-5, "off by " + difference);
    }
  }

  @Test
  void anExactDivergenceOfImagesIsRefused() {
    var settings = new FlowProgram.Settings(tolerance(1e-3), Divergence.exact(), Optional.empty());
    var exception =
        assertThrows(
            InvalidValueException.class,
            () ->
                new FlowProgram(
                    PROCESSES.get("vp"),
                    fixture.mixture(),
                    Shape.of(28, 28, 1),
                    1,
                    0,
                    Precision.FLOAT32,
                    new SamplingOptions().with(Device.CPU),
                    settings));
    assertEquals("divergence", exception.faults().get(0).component());
  }
}

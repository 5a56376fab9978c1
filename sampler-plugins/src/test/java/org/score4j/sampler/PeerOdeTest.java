package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.tensorflow.ndarray.Shape;

/** The probability-flow ODE of a mixture, against SciPy's solvers in float64. */
class PeerOdeTest {
  private static final Map<String, Sde> PROCESSES =
      Map.of(
          "ve", new VarianceExploding(),
          "vp", new VariancePreserving(),
          "subvp", new SubVariancePreserving());

  /** Of RK45 at 1e-5 in SciPy. */
  private static final Map<String, Integer> EVALUATIONS = Map.of("ve", 104, "vp", 92, "subvp", 86);

  private final Fixture fixture = Fixture.open("ode.safetensors");
  private long evaluations;

  private float[] solve(Sampler sampler, Sde sde, String from) {
    try (var program =
        new SamplingProgram(
            sde, fixture.mixture(), sampler, Shape.of(2, 1, 1), 6, 0, Precision.FLOAT32)) {
      float[] x = program.drawFrom(fixture.rounded(from), 0, 0, n -> 0, Progress.NONE);
      evaluations = program.evaluations();
      return x;
    }
  }

  /**
   * With one norm for the batch the steps are SciPy's, up to what float32 does to the estimated
   * error: a step more or less, as the peer itself has one less in float32.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void batchNormGivesTheEndPointsAndTheCostOfScipy(String sde) {
    float[] x =
        solve(
            new ProbabilityFlow(1e-5, 1e-5, ErrorNorm.BATCH, 0, false),
            PROCESSES.get(sde),
            sde + "/x_T");
    double[] expected = fixture.doubles(sde + "/sample/rk45_1e5");
    double noise =
        Fixture.largestDifference(expected, fixture.file().floats(sde + "/peer_float32/sample"));
    double difference = Fixture.largestDifference(expected, x);
    assertTrue(difference <= 20 * noise, difference + " of " + 20 * noise);
    assertEquals(EVALUATIONS.get(sde), evaluations, 6);
  }

  /**
   * Every sample to ten times its tolerance, which 2 dimensions with their chance of a vanishing
   * estimate need; the largest errors found are 1.4e-6, 1.8e-6 and 2.1e-6.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void sampleNormGivesTheExactEndPoints(String sde) {
    double[] exact = fixture.doubles(sde + "/sample/dop853_1e12");
    for (double beta : new double[] {0, 0.04}) {
      var sampler = new ProbabilityFlow(1e-6, 1e-6, ErrorNorm.PER_SAMPLE, beta, false);
      float[] x = solve(sampler, PROCESSES.get(sde), sde + "/x_T");
      double difference = Fixture.largestDifference(exact, x);
      assertTrue(difference <= 1e-5, "beta " + beta + ": " + difference);
    }
  }

  /** The largest errors found are 5.3e-5, 4.2e-5 and 3.2e-5 at 150 to 180 evaluations. */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void dpmAdaptiveGivesTheExactEndPoints(String sde) {
    double[] exact = fixture.doubles(sde + "/sample/dop853_1e12");
    for (ErrorNorm norm : ErrorNorm.values()) {
      var sampler = new DpmAdaptive(1e-4, 1e-5, norm, 0.05, 1, 0, 1, 0, 0.81, false);
      float[] x = solve(sampler, PROCESSES.get(sde), sde + "/x_T");
      double difference = Fixture.largestDifference(exact, x);
      assertTrue(difference <= 1e-4, norm + ": " + difference);
      assertTrue(evaluations <= 200, evaluations + " evaluations");
    }
  }

  /** The peer denoises by the mean of reverse diffusion's step of N = 1000 at the last time. */
  @ParameterizedTest
  @ValueSource(strings = {"ve", "vp", "subvp"})
  void reverseDiffusionDenoisesAsThePeerDoes(String sde) {
    PeerSde peer =
        switch (sde) {
          case "ve" -> new PeerSde.Exploding(1000);
          case "vp" -> new PeerSde.Preserving(1000);
          default -> new PeerSde.SubPreserving(1000);
        };
    Sampler once =
        graph -> {
          var step = new ReverseDiffusion().build(new OtherSde(graph, peer));
          double t = peer.startTime();
          return progress -> step.run(t, t - 1e-3, true);
        };
    float[] x = solve(once, peer.exact(), sde + "/sample/rk45_1e5");
    double[] expected = fixture.doubles(sde + "/sample/rk45_1e5_denoised");
    assertEquals(0, Fixture.largestDifference(expected, x), 2e-6);
  }
}

package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Corrector;
import org.score4j.api.Precision;
import org.score4j.api.Predictor;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.tensorflow.ndarray.Shape;

/**
 * Predictors, correctors and predictor-corrector sampling replay the chains of the peer, noise for
 * noise and state for state, to 20 times the rounding noise of the peer's own float32.
 *
 * <p>{@code euler_maruyama} proves {@link EulerMaruyamaPredictor}, {@code reverse_diffusion} {@link
 * ReverseDiffusion}, {@code reverse_diffusion_pf} {@link ProbabilityFlowPredictor}, {@code
 * ancestral_sampling} {@link AncestralPredictor} (both variances), {@code langevin} {@link
 * LangevinCorrector}, {@code ald} {@link AnnealedLangevinCorrector}, {@code pc_*} {@link
 * PredictorCorrector}. The steps are the peer's: see {@link PeerSde}.
 */
class PeerChainsTest {
  private static final int BATCH = 8;
  private final Fixture fixture = Fixture.open("samplers.safetensors");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ve/euler_maruyama",
        "ve/reverse_diffusion",
        "ve/reverse_diffusion_pf",
        "ve/ancestral_sampling",
        "vp/euler_maruyama",
        "vp/reverse_diffusion",
        "vp/reverse_diffusion_pf",
        "vp/ancestral_sampling",
        "subvp/euler_maruyama",
        "subvp/reverse_diffusion",
        "subvp/reverse_diffusion_pf"
      })
  void predictorsReplayMeansAndStates(String chain) {
    double[] times = times(chain);
    Deque<float[]> noise = new ArrayDeque<>();
    List<float[]> given = fixture.rows(chain + "/noise");
    double[] means = fixture.doubles(chain + "/x_mean");
    double[] states = fixture.doubles(chain + "/x");
    double tolerance = 20 * Fixture.float32Noise(chain);

    Sampler along =
        graph -> {
          var x = graph.state();
          var saved = graph.register("saved");
          var save = graph.kernel("save", saved.set(x));
          var restore = graph.kernel("restore", x.set(saved));
          var look = graph.kernel("look", List.of(x));
          var step = predictor(chain).build(graph);
          return progress -> {
            for (int i = 0; i < times.length; i++) {
              double t = times[i];
              double s = t - 1.0 / times.length;
              // Once without noise for the mean; the kernel takes its numbers either way.
              noise.add(given.get(i));
              noise.add(given.get(i));
              save.run();
              step.run(t, s, true);
              assertClose(means, i, look.run(), tolerance, "mean");
              restore.run();
              step.run(t, s, false);
              assertClose(states, i, look.run(), tolerance, "state");
            }
          };
        };
    replay(along, chain, noise);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ve/langevin", "ve/ald", "vp/langevin", "vp/ald", "subvp/langevin", "subvp/ald"})
  void correctorsReplayStates(String chain) {
    double[] times = times(chain);
    Deque<float[]> noise = new ArrayDeque<>(fixture.rows(chain + "/noise"));
    double[] states = fixture.doubles(chain + "/x");
    double tolerance = 20 * Fixture.float32Noise(chain);

    Sampler along =
        graph -> {
          var look = graph.kernel("look", List.of(graph.state()));
          var step = corrector(chain).build(graph);
          return progress -> {
            for (int i = 0; i < times.length; i++) {
              step.run(times[i], times[i] - 1.0 / times.length);
              assertClose(states, i, look.run(), tolerance, "state");
            }
          };
        };
    replay(along, chain, noise);
    assertEquals(0, noise.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ve/pc_reverse_diffusion_langevin",
        "ve/pc_ancestral_sampling_ald",
        "vp/pc_euler_maruyama_none",
        "vp/pc_ancestral_sampling_langevin",
        "subvp/pc_euler_maruyama_none"
      })
  void predictorCorrectorReplaysWholeRunsWithAndWithoutTheLastNoise(String chain) {
    double[] times = times(chain);
    String sde = sde(chain);
    List<String> parts = List.of(chain.substring(sde.length() + 4).split("_(?=[^_]*$)"));
    String predictor = sde + "/" + parts.get(0);
    String corrector = sde + "/" + parts.get(1);
    double tolerance = 20 * Fixture.float32Noise(predictor);
    if (!parts.get(1).equals("none")) {
      tolerance += 20 * Fixture.float32Noise(corrector);
    }
    float[] noise = fixture.rounded(chain + "/noise");
    int size = BATCH * 2;

    for (boolean denoise : new boolean[] {false, true}) {
      // The peer's last step leads below its last time.
      double[] grid = Arrays.copyOf(times, times.length + 1);
      Predictor peers =
          graph -> {
            var step = predictor(predictor).build(graph);
            return (t, s, last) -> step.run(t, t - 1.0 / times.length, last && denoise);
          };
      var sampler =
          new PredictorCorrector(
              times.length, peers, corrector(corrector), (unused, steps) -> grid);
      Deque<float[]> numbers = new ArrayDeque<>();
      for (int from = 0; from < noise.length; from += size) {
        numbers.add(Arrays.copyOfRange(noise, from, from + size));
      }
      float[] x = replay(sampler, chain, numbers);
      assertEquals(0, numbers.size());
      double[] expected = fixture.doubles(chain + "/out_denoise" + (denoise ? 1 : 0));
      float[] mapped = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        mapped[i] = (x[i] + 1) / 2;
      }
      double difference = Fixture.largestDifference(expected, mapped);
      assertTrue(difference <= tolerance / 2, difference + " of " + tolerance / 2);
    }
  }

  private float[] replay(Sampler sampler, String chain, Deque<float[]> noise) {
    try (var program =
        new SamplingProgram(
            peer(chain).exact(),
            fixture.mixture(),
            sampler,
            Shape.of(2, 1, 1),
            BATCH,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(noise::remove))) {
      return program.drawFrom(fixture.rounded(sde(chain) + "/x_init"), 0, 0, n -> 0, Progress.NONE);
    }
  }

  private Predictor predictor(String chain) {
    PeerSde sde = peer(chain);
    boolean preserving = chain.startsWith("vp");
    Predictor predictor =
        switch (chain.substring(chain.indexOf('/') + 1)) {
          case "euler_maruyama" -> new EulerMaruyamaPredictor();
          case "reverse_diffusion" -> new ReverseDiffusion();
          case "reverse_diffusion_pf" -> new ProbabilityFlowPredictor();
          case "ancestral_sampling" ->
              new AncestralPredictor(preserving ? Variance.TRANSITION : Variance.POSTERIOR);
          default -> throw new IllegalArgumentException(chain);
        };
    return graph -> predictor.build(new OtherSde(graph, sde));
  }

  private Corrector corrector(String chain) {
    Corrector corrector =
        switch (chain.substring(chain.indexOf('/') + 1)) {
          case "none" -> new NoCorrector();
          case "langevin" -> new LangevinCorrector(0.16, 1);
          case "ald" -> new AnnealedLangevinCorrector(0.16, 1);
          default -> throw new IllegalArgumentException(chain);
        };
    PeerSde peer = peer(chain);
    // Of the tables, correctors use the factor alone; deviations are those of the time itself.
    PeerSde sde =
        switch (sde(chain)) {
          case "ve" -> new Untabled(peer.exact(), peer.steps());
          default -> new PeerSde.Preserving(peer.exact(), peer.steps());
        };
    return graph -> corrector.build(new OtherSde(graph, sde));
  }

  private record Untabled(Sde exact, int steps) implements PeerSde {}

  private PeerSde peer(String chain) {
    int steps = times(chain).length;
    return switch (sde(chain)) {
      case "ve" -> new PeerSde.Exploding(steps);
      case "vp" -> new PeerSde.Preserving(steps);
      default -> new PeerSde.SubPreserving(steps);
    };
  }

  private double[] times(String chain) {
    return fixture.doubles(sde(chain) + "/t");
  }

  private static String sde(String chain) {
    return chain.substring(0, chain.indexOf('/'));
  }

  private static void assertClose(
      double[] expected, int row, double[] actual, double tolerance, String what) {
    for (int j = 0; j < actual.length; j++) {
      double difference = Math.abs(expected[row * actual.length + j] - actual[j]);
      assertTrue(
          difference <= tolerance,
          what + " after step " + row + " differs by " + difference + " of " + tolerance);
    }
  }
}

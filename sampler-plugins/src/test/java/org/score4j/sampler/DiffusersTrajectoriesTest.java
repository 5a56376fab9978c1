package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Clip;
import org.score4j.api.Precision;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.SamplingOptions;
import org.score4j.engine.SamplingProgram;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.tensorflow.ndarray.Shape;

/**
 * The states after every step of diffusers' schedulers, computed there in float64, at the same
 * levels from the same noise; see README.md beside the numbers.
 *
 * <p>A state counts as reproduced within ten times the float32 rounding of the peer itself.
 */
class DiffusersTrajectoriesTest {
  private static final double FLOORS = 10;
  private static final int BATCH = 4;

  /** Time i + 1 is the i-th level from the end. */
  private static final TimeGrid DOWN =
      (sde, n) -> DoubleStream.iterate(sde.endTime(), t -> t - 1).limit(n + 1L).toArray();

  private static final Optional<Clip> THRESHOLD_12 = Optional.of(new Clip(-1, 1, 0.7, 1.2));
  private static final Optional<Clip> THRESHOLD_14 = Optional.of(new Clip(-1, 1, 0.8, 1.4));

  private final Fixture fixtures = Fixture.open("diffusers.safetensors");

  /** A sampler for each trajectory. */
  private static Map<String, Sampler> samplers() {
    Map<String, Sampler> all = new TreeMap<>();
    var range = Optional.of(new Clip(-0.6, 0.6));
    var unit = Optional.of(new Clip());
    all.put("ddpm/clip-range", ddpm(10, Variance.POSTERIOR, range));
    all.put("ddpm/thresholding", ddpm(10, Variance.POSTERIOR, THRESHOLD_14));
    all.put("ddpm/fixed_small-clipped", ddpm(25, Variance.POSTERIOR, unit));
    all.put("ddim/clipped", new Ddim(10, 0, DOWN, true, unit, false));
    all.put("ddim/clipped-and-used", new Ddim(10, 0.3, DOWN, true, unit, true));
    all.put("ddim/thresholding", new Ddim(10, 0, DOWN, true, THRESHOLD_12, false));
    return all;
  }

  private static Sampler ddpm(int steps, Variance variance, Optional<Clip> clip) {
    return new Ddpm(steps, variance, DOWN, true, clip);
  }

  static Stream<String> trajectories() {
    return samplers().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void everyStateIsThePeers(String name) {
    double error = error(name, samplers().get(name));
    double floor = fixtures.doubles(name + "/floor")[0];
    assertTrue(error < FLOORS * floor, name + ": " + error / floor + " floors");
  }

  /** The largest difference of any state. */
  private double error(String name, Sampler sampler) {
    List<float[]> states = fixtures.rows(name + "/states");
    double[] all = fixtures.doubles(name + "/states");
    int size = states.get(0).length;
    double[] largest = {0};
    Sampler watched =
        graph -> {
          var look = graph.kernel("look", List.of(graph.state().value()));
          var loop = sampler.build(graph);
          return progress ->
              loop.run(
                  (done, total) -> {
                    double[] expected =
                        Arrays.copyOfRange(all, (int) done * size, (int) (done + 1) * size);
                    double[] found = look.run();
                    for (int i = 0; i < size; i++) {
                      largest[0] = Math.max(largest[0], Math.abs(expected[i] - found[i]));
                    }
                    progress.step(done, total);
                  });
        };
    var sde = new Levels(fixtures.doubles(name + "/alpha"), fixtures.doubles(name + "/sigma"));
    Iterator<float[]> noise = fixtures.rows("noise").iterator();
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
      program.drawFrom(states.get(0), 0, 0, n -> 0, (done, total) -> steps[0] = done);
    }
    assertEquals(states.size() - 1, steps[0], "steps");
    return largest[0];
  }

  /** A process known at some levels, those of most noise first, at times N, ..., 2, 1. */
  private record Levels(double[] alphas, double[] sigmas) implements Sde {
    @Override
    public double alpha(double t) {
      return alphas[alphas.length - (int) t];
    }

    @Override
    public double sigma(double t) {
      return sigmas[sigmas.length - (int) t];
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
      return alphas.length;
    }
  }
}

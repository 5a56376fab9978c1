package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Control;
import org.score4j.api.InvalidValueException;
import org.score4j.api.MixtureComponent;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.format.TensorFile;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.DpmSolverPlusPlus;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sampler.Heun;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

/** Clipped denoised data: the field, and trajectories of diffusers; see README.md. */
class ClippedSamplingTest {
  private static final TimeGrid DOWN =
      (sde, n) -> DoubleStream.iterate(sde.endTime(), t -> t - 1).limit(n + 1L).toArray();
  private static final Sde VP = new VariancePreserving();

  private final TensorFile file = open();

  private static TensorFile open() {
    try {
      return TensorFile.open(
          Path.of(ClippedSamplingTest.class.getResource("clipped.safetensors").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** HeunDiscreteScheduler, clip_sample_range 0.9. */
  @Test
  void heunTakesThePeersClippedSteps() {
    assertTrajectory(
        "heun/clipped", new Heun(10, 0, 0, 1e9, 1, DOWN, true), new ClipDenoised(-0.9, 0.9));
  }

  /** DPMSolverMultistepScheduler, dynamic_thresholding_ratio 0.8, sample_max_value 1.3. */
  @Test
  void dpmSolverPlusPlusTakesThePeersThresholdedSteps() {
    assertTrajectory(
        "dpmsolver-multistep/2m-thresholding",
        new DpmSolverPlusPlus(10, Variant._2M, SolverType.MIDPOINT, 1, true, DOWN, true),
        new DynamicThresholding(-1, 1, 0.8, 1.3));
  }

  private void assertTrajectory(String name, Sampler sampler, Control control) {
    double[] states = file.doubles(name + "/states");
    int size = 8;
    double[] largest = {0};
    Sampler watched =
        graph -> {
          var look = graph.kernel("look", List.of(graph.state()));
          var loop = sampler.build(graph);
          return progress ->
              loop.run(
                  (done, total) -> {
                    double[] found = look.run();
                    for (int i = 0; i < size; i++) {
                      double expected = states[(int) done * size + i];
                      largest[0] = Math.max(largest[0], Math.abs(expected - found[i]));
                    }
                    progress.step(done, total);
                  });
        };
    var sde = new Levels(file.doubles(name + "/alpha"), file.doubles(name + "/sigma"));
    try (var program =
        new SamplingProgram(
            sde,
            mixture(),
            watched,
            Shape.of(2),
            4,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(inputs(control)))) {
      float[] start = floats(Arrays.copyOf(states, size));
      program.drawFrom(start, 0, 0, n -> 0, Progress.NONE);
    }
    double floor = Math.max(file.doubles(name + "/floor")[0], 2e-7);
    assertTrue(largest[0] < 10 * floor, name + ": " + largest[0] / floor + " floors");
  }

  /** The three forms agree with one another, and the clip is that of numpy's clip and quantile. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 1})
  void allFormsOfTheFieldAreThoseOfTheClippedData(double t) {
    float[] x = {1.5f, -0.3f, 0.2f, 2.5f, -0.1f, 0.05f, -3f, 0.7f};
    Probe free = probe(x, t);
    double q = 0.6;
    double most = 1.5;
    Probe fixed = probe(x, t, new ClipDenoised(-0.5, 0.7));
    Probe dynamic = probe(x, t, new DynamicThresholding(-0.5, 0.7, q, most));
    var level = VP.level(t);
    for (int i = 0; i < x.length; i++) {
      double raw = free.denoised()[i];
      assertEquals(Math.min(Math.max(raw, -0.5), 0.7), fixed.denoised()[i], 1e-6);
      double[] offsets = new double[2];
      for (int k = 0; k < 2; k++) {
        offsets[k] = Math.abs(free.denoised()[i / 2 * 2 + k] - 0.1) / 0.6;
      }
      Arrays.sort(offsets);
      double s = Math.min(Math.max(1, offsets[0] + q * (offsets[1] - offsets[0])), most);
      double right = 0.1 + Math.min(Math.max(raw - 0.1, -0.6 * s), 0.6 * s) / s;
      assertEquals(right, dynamic.denoised()[i], 1e-6);
      for (Probe each : List.of(fixed, dynamic)) {
        double denoised = each.denoised()[i];
        double noise = (x[i] - level.alpha() * denoised) / level.sigma();
        assertEquals(noise, each.noise()[i], 1e-4);
        assertEquals(-noise / level.sigma(), each.score()[i], 1e-4 / level.sigma());
      }
    }
  }

  @Test
  void aRangeThatHoldsAllDataChangesNoBit() {
    float[] x = {1.5f, -0.3f, 0.2f, 2.5f, -0.1f, 0.05f, -3f, 0.7f};
    Probe free = probe(x, 0.3);
    Probe wide = probe(x, 0.3, new ClipDenoised(-100, 100));
    assertArrayEquals(free.score(), wide.score());
    assertArrayEquals(free.noise(), wide.noise());
    assertArrayEquals(free.denoised(), wide.denoised());
  }

  @Test
  void rangesAndThresholdsOutOfBoundsAreRefused() {
    assertThrows(InvalidValueException.class, () -> new ClipDenoised(1, -1));
    assertThrows(InvalidValueException.class, () -> new ClipDenoised(Double.NaN, 1));
    assertThrows(InvalidValueException.class, () -> new DynamicThresholding(-1, 1, 1.1, 2));
    assertThrows(InvalidValueException.class, () -> new DynamicThresholding(-1, 1, 0.9, 0.5));
  }

  private Probe probe(float[] x, double t, Control... controls) {
    return Probe.of(VP, mixture(), inputs(controls), Shape.of(2), 0, x, t);
  }

  private static ControlInputs inputs(Control... controls) {
    return new ControlInputs(
        List.of(controls),
        PixelRange.UNIT,
        n -> new float[0],
        run -> {
          throw new IllegalStateException("no classifier");
        });
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  private GaussianMixture mixture() {
    double[] weights = file.doubles("gmm/weights");
    double[] means = file.doubles("gmm/means");
    double[] variances = file.doubles("gmm/vars");
    List<MixtureComponent> components = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      components.add(
          new MixtureComponent(
              weights[k],
              List.of(means[2 * k], means[2 * k + 1]),
              List.of(Math.sqrt(variances[2 * k]), Math.sqrt(variances[2 * k + 1]))));
    }
    return new GaussianMixture(components);
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

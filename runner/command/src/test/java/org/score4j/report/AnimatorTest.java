package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.report.plane.Timeline;
import org.score4j.sampling.Classifiers;
import org.score4j.sampling.FirstSamples;
import org.score4j.sampling.Generator;
import org.score4j.solver.DormandPrince;
import org.score4j.solver.ErrorNorm;
import org.score4j.solver.FlowRate;
import org.score4j.solver.Tolerance;
import org.tensorflow.ndarray.Shape;

class AnimatorTest {
  private static final int STEPS = 40;

  /** {@code dx = -x dt + sqrt(2) dw} in reverse, by Euler-Maruyama. */
  private record Reverse() implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph g) {
      var tf = g.tf();
      var x = g.state();
      var level = g.level("t");
      double h = (g.sde().endTime() - g.sde().startTime()) / STEPS;
      var drift = tf.math.add(x, tf.math.mul(g.at(x, level).score(), tf.constant(2f)));
      var noise = tf.math.mul(g.noise(), tf.constant((float) Math.sqrt(2 * h)));
      var moved = tf.math.add(x, tf.math.mul(drift, tf.constant((float) h)));
      var step = g.kernel("step", x.set(tf.math.add(moved, noise)));
      return progress -> {
        for (int i = 0; i < STEPS; i++) {
          step.run(level.at(g.sde().endTime() - i * h));
          progress.step(i + 1, STEPS);
        }
      };
    }
  }

  /** The probability-flow ODE of the same, each sample in its own steps. */
  private static final Sampler ADAPTIVE =
      graph -> {
        var rate = new FlowRate(graph, graph.levelPerSample("t"));
        var solver =
            new DormandPrince(graph, rate, new Tolerance(1e-4, 1e-4, ErrorNorm.PER_SAMPLE), 0);
        return progress ->
            solver.integrate(graph.sde().endTime(), graph.sde().startTime(), progress);
      };

  /** Evaluates the score in a register of its own alone. */
  private static final Sampler UNSEEN =
      graph -> {
        var y = graph.register("y");
        var level = graph.level("t");
        var step = graph.kernel("step", graph.state().set(graph.at(y, level).denoised()));
        return progress -> step.run(level.at(graph.sde().endTime()));
      };

  @TempDir Path folder;
  private Monitor monitor = Monitor.none();

  private static Recipe recipe(int batch, LoopMode loop) {
    return recipe(new Reverse(), batch, loop);
  }

  private static Recipe recipe(Sampler sampler, int batch, LoopMode loop) {
    Recipe exact = NormalData.recipe(batch);
    return new Recipe(
        exact.name(),
        exact.seed(),
        exact.data(),
        true,
        Optional.empty(),
        exact.sde(),
        exact.model(),
        Optional.empty(),
        exact.loss(),
        Optional.empty(),
        new Compute(),
        new CheckpointSettings(),
        new Logging(),
        Optional.of(sampler),
        List.of(),
        new Sampling(
            1, batch, Optional.empty(), LabelChoice.Shares.UNIFORM, loop, Optional.empty()),
        Optional.empty(),
        List.of());
  }

  private Generator generator(Recipe recipe, Examples data) {
    var classifiers = new Classifiers(PluginCatalogue.of(List.of()), data);
    return new Generator(
        recipe, data, new RunFolder(folder), classifiers, NormalData.labels(recipe, data));
  }

  private Animator animator(Examples data) {
    return animator(recipe(64, LoopMode.AUTO), data);
  }

  private Animator animator(Recipe recipe, Examples data) {
    Generator generator = generator(recipe, data);
    return new Animator(
        recipe,
        data,
        new RunFolder(folder),
        generator,
        new Tracer(recipe, data, generator, NormalData.labels(recipe, data)),
        NormalData.labels(recipe, data),
        monitor);
  }

  private static NormalData points() {
    return new NormalData(Shape.of(2), Optional.empty());
  }

  private static AnimationRequest request(Direction direction, boolean denoised) {
    return new AnimationRequest(
        direction, Optional.of(4), Optional.of(9L), 6, 20, 200, 64, denoised);
  }

  private NewOutput output() {
    return new NewOutput(folder.resolve("a.gif"), false);
  }

  @Test
  void particlesBeginAtThePriorAndEndAtTheSamplesToTheBit() {
    for (LoopMode loop : new LoopMode[] {LoopMode.HOST, LoopMode.GRAPH}) {
      // The last batch is not full.
      Recipe recipe = recipe(1500, loop);
      Generator generator = generator(recipe, points());
      var ways =
          new Tracer(recipe, points(), generator, NormalData.labels(recipe, points()))
              .reverse(new Timeline(recipe.sde(), 1), 4000, 5, 4, true, Progress.NONE)
              .orElseThrow();
      var samples = new FirstSamples(4000, 2);
      generator.stream(Optional.empty(), 0, 4000, 5, Progress.NONE, samples);
      assertArrayEquals(samples.values(), ways.states()[3]);
      assertEquals(STEPS, ways.evaluations());
      assertEquals(recipe.sde().endTime(), ways.times()[0], 1e-9);
      assertEquals(recipe.sde().startTime(), ways.times()[3], 1e-9);
      double sum = 0;
      double squares = 0;
      for (float x : ways.states()[0]) {
        sum += x / 8000;
        squares += x * x / 8000;
      }
      // The prior has standard deviation 1; four standard errors.
      assertEquals(0, sum, 4 / Math.sqrt(8000));
      assertEquals(1, squares, 4 * Math.sqrt(2.0 / 8000));
    }
  }

  @Test
  void samplesInStepsOfTheirOwnAreFollowedFromThePrior() {
    Recipe recipe = recipe(ADAPTIVE, 300, LoopMode.HOST);
    var ways =
        new Tracer(
                recipe, points(), generator(recipe, points()), NormalData.labels(recipe, points()))
            .reverse(new Timeline(recipe.sde(), 1), 300, 5, 4, true, Progress.NONE)
            .orElseThrow();
    assertEquals(recipe.sde().endTime(), ways.times()[0], 1e-9);
    assertEquals(recipe.sde().startTime(), ways.times()[3], 1e-9);
    for (int point = 1; point < 4; point++) {
      assertTrue(ways.times()[point] < ways.times()[point - 1], Arrays.toString(ways.times()));
      assertFalse(Arrays.equals(ways.states()[point], ways.states()[point - 1]));
    }
  }

  @Test
  void aSamplerThatShowsNoStateHasNoAnimation() {
    var refused =
        assertThrows(
            BadInput.class,
            () ->
                animator(recipe(UNSEEN, 64, LoopMode.AUTO), points())
                    .animate(request(Direction.REVERSE, false), output()));
    assertTrue(refused.getMessage().contains("cannot be followed"), refused.getMessage());
    assertFalse(Files.exists(output().path()));
  }

  @Test
  void dataBecomeNoiseByTheForwardProcess() {
    Recipe recipe = recipe(8, LoopMode.AUTO);
    var many = new NormalData(Shape.of(20_000), Optional.empty());
    var ways =
        new Tracer(recipe, many, generator(recipe, many), NormalData.labels(recipe, many))
            .forward(new Timeline(recipe.sde(), 1), 2, 3, 5);
    for (int point = 0; point < 5; point++) {
      var level = recipe.sde().level(ways.times()[point]);
      // Example 1 is the number 1 all over.
      double sum = 0;
      double squares = 0;
      for (int i = 20_000; i < 40_000; i++) {
        double x = ways.states()[point][i];
        sum += x / 20_000;
        squares += x * x / 20_000;
      }
      double mean = point == 0 ? 1 : level.alpha();
      double variance = point == 0 ? 0 : level.sigma() * level.sigma();
      assertEquals(mean, sum, 4 * Math.sqrt(variance / 20_000) + 1e-9);
      assertEquals(variance, squares - sum * sum, 4 * variance * Math.sqrt(2.0 / 20_000) + 1e-6);
    }
  }

  @Test
  void everyDirectionHasItsFrames() throws Exception {
    for (Direction direction : Direction.values()) {
      var output = new NewOutput(folder.resolve(direction + ".gif"), false);
      var animated = animator(points()).animate(request(direction, false), output);
      assertEquals(direction == Direction.BOTH ? 12 : 6, animated.frames());
      assertEquals(4, animated.count());
      assertEquals(9, animated.seed());
      BufferedImage first = ImageIO.read(output.path().toFile());
      assertEquals(200, first.getWidth());
    }
  }

  @Test
  void imagesStandBesideTheirEstimates() throws Exception {
    var images = new NormalData(Shape.of(8, 8, 1), Optional.of(PixelRange.CENTERED));
    animator(images).animate(request(Direction.BOTH, true), output());
    BufferedImage both = ImageIO.read(output().path().toFile());
    var alone = new NewOutput(folder.resolve("alone.gif"), false);
    animator(images).animate(request(Direction.REVERSE, false), alone);
    BufferedImage one = ImageIO.read(alone.path().toFile());
    // Two by two images in each grid, enlarged to fill 200 pixels.
    assertTrue(both.getWidth() > 150 && both.getWidth() <= 200);
    assertTrue(one.getHeight() > 1.5 * both.getHeight() - 60);
  }

  @Test
  void dataThatCannotBeShownAreRefusedWithTheirShape() {
    var lines = new NormalData(Shape.of(3), Optional.empty());
    var refused =
        assertThrows(
            BadInput.class,
            () -> animator(lines).animate(request(Direction.REVERSE, false), output()));
    assertTrue(refused.getMessage().contains("has data of shape [3]"), refused.getMessage());
    assertThrows(
        BadInput.class,
        () -> animator(points()).animate(request(Direction.REVERSE, true), output()));
    assertFalse(Files.exists(output().path()));
  }

  @Test
  void anInterruptionLeavesNothing() {
    Monitor.Stage cancelled =
        (done, total) -> {
          throw new CancellationException();
        };
    monitor = mock(Monitor.class);
    when(monitor.begin(any(), any(), anyLong())).thenReturn(cancelled);
    assertThrows(
        CancellationException.class,
        () -> animator(points()).animate(request(Direction.FORWARD, false), output()));
    assertEquals(0, folder.toFile().list().length);
  }
}

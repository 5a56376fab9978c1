package org.score4j.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.Computation;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFile;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class LoopModeTest {

  /** A small network with parameters, told the level and the class. */
  private record Net() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      long size = x.shape().get(1);
      var up = scope.parameter("up", Shape.of(size, 32), Initializer.normal(1));
      var bias = scope.parameter("bias", Shape.of(32), Initializer.normal(1));
      var down = scope.parameter("down", Shape.of(32, size), Initializer.normal(0.2));
      Operand<TFloat32> h = tf.math.add(tf.linalg.matMul(x, up), bias);
      h = tf.math.add(h, LevelTensors.align(tf, level.sigma(), h));
      if (condition.classes() > 0) {
        var rows =
            scope.parameter("rows", Shape.of(condition.classes(), 32), Initializer.normal(1));
        var labels = condition.labels().orElseThrow();
        h = tf.math.add(h, tf.gather(rows, labels, tf.constant(0)));
      }
      h = tf.math.mul(h, tf.math.sigmoid(h));
      return tf.math.sub(tf.linalg.matMul(h, down), x);
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }
  }

  /** Two kernels in turn, with a memory, noise and two steps' worth of numbers each. */
  private static Sampler turns(int steps) {
    return g -> {
      var tf = g.tf();
      var x = g.state();
      var memory = g.register("memory");
      var level = g.level("t");
      var near = g.scalar("near");
      var far = g.scalar("far");
      var score = g.at(x, level).score();
      var moved = tf.math.add(x, tf.math.mul(near, score));
      var noisy = tf.math.add(moved, tf.math.mul(far, g.noise()));
      var move = g.kernel("move", x.set(noisy), memory.set(x));
      var mixed = tf.math.add(tf.math.mul(far, memory), x);
      var mix = g.kernel("mix", x.set(tf.math.add(mixed, tf.math.mul(near, g.noise()))));
      var swap = g.kernel("swap", x.set(memory), memory.set(x));
      return progress -> {
        for (int i = 0; i < steps; i++) {
          move.run(level.at(2 - 1.5 * i / steps), near.is(0.01 / (i + 1)), far.is(0.1));
          if (i % 3 == 0) {
            mix.run(near.is(0.02), far.is(1e-3 * i));
          }
          if (i % 7 == 2) {
            swap.run();
            swap.run();
          }
          progress.step(i + 1, steps);
        }
      };
    };
  }

  private static SamplingProgram program(
      Sampler sampler, Shape example, int classes, LoopMode mode) {
    return program(sampler, example, classes, new SamplingOptions().with(mode));
  }

  private static SamplingProgram program(
      Sampler sampler, Shape example, int classes, SamplingOptions options) {
    return new SamplingProgram(
        new SigmaIsTime(1e-3, 2),
        new Net(),
        sampler,
        example,
        6,
        classes,
        Precision.FLOAT32,
        options);
  }

  private static SamplingProgram points(Sampler sampler, LoopMode mode) {
    return program(sampler, Shape.of(3), 0, mode);
  }

  private static float[] draw(SamplingProgram program, long seed, Progress progress) {
    return program.draw(seed, 12, n -> (int) (n % 4), progress);
  }

  @Test
  void storedParametersDrawWhatVariablesOfTheSameValuesDraw(@TempDir Path folder) {
    Path file = folder.resolve("checkpoint.safetensors");
    try (var start = new Computation(0, 0, Device.CPU)) {
      start.variable("model/up", Shape.of(3, 32), Initializer.normal(1));
      start.variable("model/bias", Shape.of(32), Initializer.normal(1));
      start.variable("model/down", Shape.of(32, 3), Initializer.normal(0.2));
      start.start();
      try (Snapshot snapshot = start.snapshot()) {
        snapshot.write(file, Map.of());
      }
    }
    float[] expected;
    try (var program = points(turns(20), LoopMode.HOST)) {
      expected = draw(program, 1, Progress.NONE);
    }
    for (LoopMode mode : List.of(LoopMode.HOST, LoopMode.GRAPH)) {
      var options =
          new SamplingOptions()
              .with(mode)
              .with(new StoredParameters(() -> TensorFile.open(file), "model"));
      try (var stored = program(turns(20), Shape.of(3), 0, options)) {
        assertArrayEquals(expected, draw(stored, 1, Progress.NONE), 1e-5f);
      }
    }
  }

  @Test
  void samplesAgreeInAndOutOfTheGraph() {
    for (int classes : new int[] {0, 4}) {
      try (var host = program(turns(90), Shape.of(3), classes, LoopMode.HOST);
          var graph = program(turns(90), Shape.of(3), classes, LoopMode.GRAPH)) {
        for (long seed : new long[] {1, 2, 1}) {
          assertArrayEquals(
              draw(host, seed, Progress.NONE), draw(graph, seed, Progress.NONE), 1e-5f);
        }
        assertEquals(host.evaluations(), graph.evaluations());
        assertFalse(
            Arrays.equals(draw(graph, 1, Progress.NONE), draw(graph, 2, Progress.NONE)), "seeds");
        float[] given = new float[18];
        Arrays.setAll(new double[18], i -> given[i] = i / 9f - 1);
        assertArrayEquals(
            host.drawFrom(given, 3, 0, n -> 0, Progress.NONE),
            graph.drawFrom(given, 3, 0, n -> 0, Progress.NONE),
            1e-5f);
      }
    }
  }

  @Test
  void everyStepIsToldInItsOrder() {
    List<String> expected = new ArrayList<>();
    List<String> told = new ArrayList<>();
    try (var host = points(turns(60), LoopMode.HOST);
        var graph = points(turns(60), LoopMode.GRAPH)) {
      draw(host, 0, (done, total) -> expected.add(done + " of " + total));
      draw(graph, 0, (done, total) -> told.add(done + " of " + total));
    }
    assertEquals(60, expected.size());
    assertEquals(expected, told);
  }

  @Test
  void statesAreToldWithTheirTimesAndNoBitChanges() {
    Map<LoopMode, List<float[]>> states = new EnumMap<>(LoopMode.class);
    for (LoopMode mode : new LoopMode[] {LoopMode.HOST, LoopMode.GRAPH}) {
      try (var program = points(turns(60), mode);
          var prior = points(turns(0), LoopMode.HOST)) {
        List<float[]> told = new ArrayList<>();
        List<double[]> times = new ArrayList<>();
        float[] drawn =
            program.draw(
                7,
                12,
                n -> 0,
                Progress.NONE,
                (t, state) -> {
                  times.add(t);
                  told.add(state.get());
                });
        assertArrayEquals(draw(program, 7, Progress.NONE), drawn);
        assertArrayEquals(draw(prior, 7, Progress.NONE), told.get(0));
        assertEquals(60, times.size());
        for (int i = 0; i < 60; i++) {
          double[] expected = new double[6];
          Arrays.fill(expected, 2 - 1.5 * i / 60);
          assertArrayEquals(expected, times.get(i));
        }
        states.put(mode, told);
      }
    }
    for (int i = 0; i < 60; i++) {
      assertArrayEquals(states.get(LoopMode.HOST).get(i), states.get(LoopMode.GRAPH).get(i), 1e-5f);
    }
  }

  @Test
  void cancellingStopsSoonAndTheProgramGoesOnAsIfNothingHadBeen() {
    try (var program = points(turns(60), LoopMode.GRAPH)) {
      float[] expected = draw(program, 5, Progress.NONE);
      List<Long> told = new ArrayList<>();
      assertThrows(
          CancellationException.class,
          () ->
              draw(
                  program,
                  5,
                  (done, total) -> {
                    told.add(done);
                    if (done == 20) {
                      throw new CancellationException();
                    }
                  }));
      assertEquals(20, told.size());
      assertArrayEquals(expected, draw(program, 5, Progress.NONE));
    }
  }

  @Test
  void whatIsNotFedIsNamed() {
    Sampler level =
        g -> {
          var x = g.state();
          var kernel = g.kernel("k", x.set(g.at(x, g.level("forgotten")).score()));
          return progress -> kernel.run();
        };
    Sampler scalar =
        g -> {
          var x = g.state();
          var factor = g.scalar("forgotten");
          var kernel = g.kernel("k", x.set(g.tf().math.mul(factor, x)));
          return progress -> kernel.run();
        };
    for (Sampler unfed : List.of(level, scalar)) {
      try (var program = points(unfed, LoopMode.GRAPH)) {
        var e = assertThrows(IllegalArgumentException.class, () -> draw(program, 0, Progress.NONE));
        assertTrue(e.getMessage().contains("kernel k is not fed forgotten"), e.getMessage());
      }
    }
  }

  /** Stops when the state's mean square is small: how often is known to the graph alone. */
  private static final Sampler UNTIL_SMALL =
      g -> {
        var tf = g.tf();
        var x = g.state();
        var square = tf.math.mean(tf.math.square(x), tf.constant(new int[] {0, 1}));
        var half = tf.math.mul(x, tf.constant(0.5f));
        var shrink = g.kernel("shrink", List.of(square), x.set(half));
        return progress -> {
          while (shrink.run()[0] > 1e-3) {}
        };
      };

  private static final Sampler ONE_BY_ONE =
      g -> {
        var x = g.state();
        var scale = g.perSample("scale");
        var factor = LevelTensors.align(g.tf(), scale, x);
        var step = g.kernel("scale", x.set(g.tf().math.mul(x, factor)));
        return progress -> step.run(scale.is(new double[] {1, 2, 3, 4, 5, 6}));
      };

  @Test
  void samplersThatDecideAsTheyGoLoopOnTheHost() {
    for (Sampler sampler : List.of(UNTIL_SMALL, ONE_BY_ONE)) {
      try (var host = points(sampler, LoopMode.HOST);
          var auto = points(sampler, LoopMode.AUTO)) {
        assertArrayEquals(draw(host, 1, Progress.NONE), draw(auto, 1, Progress.NONE));
      }
    }
    var reported =
        assertThrows(InvalidValueException.class, () -> points(UNTIL_SMALL, LoopMode.GRAPH));
    assertEquals("sampling.loop", reported.faults().get(0).component());
    assertTrue(reported.getMessage().contains("shrink reports values"), reported.getMessage());
    var each = assertThrows(InvalidValueException.class, () -> points(ONE_BY_ONE, LoopMode.GRAPH));
    assertTrue(each.getMessage().contains("scale is fed a number for each"), each.getMessage());
  }
}

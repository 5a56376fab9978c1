package org.score4j.engine.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Control;
import org.score4j.api.ControlGraph;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Validation;
import org.score4j.engine.random.GivenNoise;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class SamplingProgramTest {

  /** Score of N(0, 1) data: -x / (1 + sigma^2). */
  private record UnitGaussian() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var variance = tf.math.add(tf.math.square(level.sigma()), tf.constant(1f));
      return tf.math.neg(tf.math.div(x, LevelTensors.align(tf, variance, x)));
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }
  }

  private static SamplingProgram program(Sampler sampler, Shape example, int batch) {
    return new SamplingProgram(
        new SigmaIsTime(1e-3, 2),
        new UnitGaussian(),
        sampler,
        example,
        batch,
        0,
        Precision.FLOAT32);
  }

  private static float[] draw(SamplingProgram program, long seed, long first) {
    return program.draw(seed, first, n -> 0, Progress.NONE);
  }

  private static final Sampler PRIOR = g -> progress -> {};

  @Test
  void noiseBelongsToTheSampleNotToTheBatch() {
    Sampler threeNoises =
        g -> {
          var x = g.state();
          var add = g.kernel("add", x.set(g.tf().math.add(x, g.noise())));
          return progress -> {
            add.run();
            add.run();
          };
        };
    // Around the 4 numbers that one count of the generator yields.
    for (long dimensions : new long[] {1, 2, 3, 4, 5}) {
      Shape example = Shape.of(dimensions);
      try (var eight = program(threeNoises, example, 8);
          var three = program(threeNoises, example, 3)) {
        float[] all = draw(eight, 7, 0);
        float[] part = draw(three, 7, 5);
        int from = (int) (5 * dimensions);
        assertArrayEquals(
            Arrays.copyOfRange(all, from, from + (int) (3 * dimensions)), part, "D=" + dimensions);
      }
    }
  }

  @Test
  void priorIsNormalWithThePriorsStandardDeviation() {
    try (var program = program(PRIOR, Shape.of(3), 20_000)) {
      float[] x = draw(program, 1, 0);
      double sum = 0;
      double squares = 0;
      double fourth = 0;
      double neighbours = 0;
      for (int i = 0; i < x.length; i++) {
        double z = x[i] / 2.0;
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        neighbours += i == 0 ? 0 : z * x[i - 1] / 2;
      }
      int n = x.length;
      // Five standard errors of each mean over n = 60,000 numbers.
      double error = 5 / Math.sqrt(n);
      assertEquals(0, sum / n, error);
      assertEquals(1, squares / n, error * Math.sqrt(2));
      assertEquals(3, fourth / n, error * Math.sqrt(96));
      assertEquals(0, neighbours / n, error);
    }
  }

  @Test
  void seedsAndSamplesDiffer() {
    try (var program = program(PRIOR, Shape.of(4), 2)) {
      float[] a = draw(program, 1, 0);
      float[] b = draw(program, 2, 0);
      assertArrayEquals(a, draw(program, 1, 0));
      assertEquals(
          8, Arrays.stream(new int[] {0, 1, 2, 3, 4, 5, 6, 7}).filter(i -> a[i] != b[i]).count());
      assertEquals(4, Arrays.stream(new int[] {0, 1, 2, 3}).filter(i -> a[i] != a[i + 4]).count());
    }
  }

  @Test
  void kernelReadsEveryRegisterBeforeItWritesAny() {
    Sampler swap =
        g -> {
          var x = g.state();
          var y = g.register("y");
          var fill = g.scalar("fill");
          var tf = g.tf();
          var zero = tf.math.mul(x, tf.constant(0f));
          var set =
              g.kernel(
                  "set",
                  x.set(tf.math.add(zero, fill)),
                  y.set(tf.math.add(zero, tf.math.neg(fill))));
          var exchange = g.kernel("exchange", x.set(y), y.set(x));
          return progress -> {
            set.run(fill.is(3));
            exchange.run();
            exchange.run();
            exchange.run();
          };
        };
    try (var program = program(swap, Shape.of(2), 1)) {
      assertArrayEquals(new float[] {-3, -3}, draw(program, 0, 0));
    }
  }

  @Test
  void kernelReportsValuesFromBeforeItsWrites() {
    double[][] seen = new double[2][];
    Sampler reporting =
        g -> {
          var x = g.state();
          var tf = g.tf();
          var sum = tf.math.mean(x, tf.constant(new int[] {0, 1}));
          var twice = tf.math.mul(x, tf.constant(2f));
          var kernel = g.kernel("double", List.of(sum), x.set(twice));
          return progress -> {
            seen[0] = kernel.run();
            seen[1] = kernel.run();
          };
        };
    try (var program = program(reporting, Shape.of(2), 4)) {
      draw(program, 5, 0);
      assertEquals(1, seen[0].length);
      assertEquals(2 * seen[0][0], seen[1][0], 1e-6);
    }
  }

  @Test
  void evaluationsAreCountedOncePerRegister() {
    Sampler heun =
        g -> {
          var x = g.state();
          var y = g.register("y");
          var level = g.level("t");
          var tf = g.tf();
          var first = g.at(x, level).score();
          var noise = g.at(x, level).noise();
          var moved = tf.math.add(x, tf.math.add(first, noise));
          var second = g.at(y, level).score();
          var kernel = g.kernel("heun", x.set(tf.math.add(moved, second)));
          var idle = g.kernel("idle", x.set(tf.math.neg(x)));
          return progress -> {
            kernel.run(level.at(1));
            idle.run();
          };
        };
    try (var program = program(heun, Shape.of(2), 1)) {
      draw(program, 0, 0);
      assertEquals(2, program.evaluations());
    }
  }

  @Test
  void unfedInputAndDoubleWriteAreRefused() {
    Sampler unfed =
        g -> {
          var x = g.state();
          var kernel = g.kernel("k", x.set(g.tf().math.mul(x, g.scalar("forgotten"))));
          return progress -> kernel.run();
        };
    try (var program = program(unfed, Shape.of(2), 1)) {
      var e = assertThrows(IllegalArgumentException.class, () -> draw(program, 0, 0));
      assertEquals(true, e.getMessage().contains("forgotten"), e.getMessage());
    }
    Sampler twice =
        g -> {
          var x = g.state();
          g.kernel("twice", x.set(x), x.set(x));
          return progress -> {};
        };
    assertThrows(IllegalArgumentException.class, () -> program(twice, Shape.of(2), 1));
  }

  @Test
  void aRegisterIsAtOneLevelInEachKernel() {
    Sampler torn =
        g -> {
          var x = g.state();
          var sum = g.tf().math.add(g.at(x, g.level("s")).score(), g.at(x, g.level("t")).score());
          g.kernel("torn", x.set(sum));
          return progress -> {};
        };
    var e = assertThrows(IllegalArgumentException.class, () -> program(torn, Shape.of(2), 1));
    assertTrue(e.getMessage().contains("kernel torn"), e.getMessage());
  }

  /** Adds noise to whatever the field is evaluated at. */
  private record Noise() implements Control {
    @Override
    public ScoreField field(ControlGraph graph) {
      return graph.field();
    }

    @Override
    public Operand<TFloat32> state(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
      return graph.tf().math.add(x, graph.noise());
    }
  }

  /** What an adaptive method compares must differ by nothing drawn in between. */
  @Test
  void whatAControlDrawsIsNewAtTheStateAndKeptAtOtherRegisters() {
    double[][] seen = new double[5][];
    Sampler evaluating =
        g -> {
          var tf = g.tf();
          var x = g.state();
          var y = g.register("y");
          var level = g.level("t");
          var empty = tf.math.mul(x, tf.constant(0f));
          var clear = g.kernel("clear", x.set(empty), y.set(empty));
          var touchX = g.kernel("touchX", List.of(g.at(x, level).score()));
          var touchY = g.kernel("touchY", List.of(g.at(y, level).score()));
          var lookAtX = g.kernel("lookAtX", List.of(x));
          var lookAtY = g.kernel("lookAtY", List.of(y));
          return progress -> {
            for (int i = 0; i < 4; i += 2) {
              clear.run();
              touchX.run(level.at(1));
              touchY.run(level.at(1));
              seen[i] = lookAtX.run();
              seen[i + 1] = lookAtY.run();
            }
          };
        };
    var controls = new ControlInputs(List.of(new Noise()));
    for (int batch : new int[] {1, 3}) {
      try (var program =
          new SamplingProgram(
              new SigmaIsTime(1e-3, 2),
              new UnitGaussian(),
              evaluating,
              Shape.of(4),
              batch,
              0,
              Precision.FLOAT32,
              new SamplingOptions().with(controls))) {
        draw(program, 3, 3 - batch);
        assertFalse(Arrays.equals(seen[0], seen[2]), "the state's");
        assertArrayEquals(seen[1], seen[3], "the other's");
        double[] last = Arrays.copyOfRange(seen[1], 4 * (batch - 1), 4 * batch);
        if (batch == 1) {
          seen[4] = last;
        } else {
          assertArrayEquals(seen[4], last, "sample 2, whatever its batch");
        }
        program.drawFrom(new float[4 * batch], 3, 3 - batch, n -> 0, Progress.NONE);
        assertArrayEquals(last, Arrays.copyOfRange(seen[1], 4 * (batch - 1), 4 * batch));
        draw(program, 4, 3 - batch);
        assertFalse(Arrays.equals(last, Arrays.copyOfRange(seen[1], 4 * (batch - 1), 4 * batch)));
      }
    }
  }

  /** The state as it was when the loop began, and -state + noise as the sample. */
  private record Noisy(List<double[]> started) implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph g) {
      var x = g.state();
      var tf = g.tf();
      var look = g.kernel("look", List.of(x));
      var turn = g.kernel("turn", x.set(tf.math.sub(g.noise(), x)));
      return progress -> {
        started.add(look.run());
        turn.run();
      };
    }
  }

  @Test
  void aGivenStateTakesThePlaceOfThePriorAndMeetsTheSameNoise() {
    List<double[]> started = new ArrayList<>();
    try (var program = program(new Noisy(started), Shape.of(3), 2)) {
      float[] expected = draw(program, 5, 40);
      float[] prior = new float[6];
      for (int i = 0; i < 6; i++) {
        prior[i] = (float) started.get(0)[i];
      }
      assertArrayEquals(expected, program.drawFrom(prior, 5, 40, n -> 0, Progress.NONE));
      assertArrayEquals(started.get(0), started.get(1));
      assertThrows(
          IllegalArgumentException.class,
          () -> program.drawFrom(new float[5], 5, 40, n -> 0, Progress.NONE));
    }
  }

  @Test
  void aStateThatIsGivenEmptiesTheOtherRegisters() {
    Sampler counting =
        g -> {
          var tf = g.tf();
          var x = g.state();
          var y = g.register("y");
          var more = tf.math.add(y, tf.constant(1f));
          var add = g.kernel("add", y.set(more), x.set(tf.math.add(x, more)));
          return progress -> {
            add.run();
            add.run();
          };
        };
    try (var program = program(counting, Shape.of(1), 1)) {
      float[] zero = {0};
      assertArrayEquals(new float[] {3}, program.drawFrom(zero, 0, 0, n -> 0, Progress.NONE));
      assertArrayEquals(new float[] {3}, program.drawFrom(zero, 0, 0, n -> 0, Progress.NONE));
    }
  }

  @Test
  void givenNoiseIsAskedForByEachKernelInTheOrderOfItsCallSites() {
    Sampler three =
        g -> {
          var tf = g.tf();
          var x = g.state();
          var first = g.noise();
          var second = g.noise();
          var third = g.noise();
          var one = g.kernel("one", x.set(tf.math.sub(x, third)));
          var two = g.kernel("two", x.set(tf.math.add(tf.math.mul(x, second), first)));
          var none = g.kernel("none", x.set(tf.math.neg(x)));
          return progress -> {
            one.run();
            none.run();
            two.run();
          };
        };
    int[] asked = {0};
    GivenNoise numbers = () -> new float[] {++asked[0], 10 * asked[0]};
    try (var program =
        new SamplingProgram(
            new SigmaIsTime(1e-3, 2),
            new UnitGaussian(),
            three,
            Shape.of(2),
            1,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(numbers))) {
      // Prior 2 (1, 10); minus (2, 20) is 0; first is (3, 30), second (4, 40).
      assertArrayEquals(new float[] {3, 30}, draw(program, 0, 0));
      assertEquals(4, asked[0]);
      // From (1, 1) minus (5, 50), turned, times (7, 70), plus (6, 60).
      float[] ones = {1, 1};
      assertArrayEquals(
          new float[] {4 * 7 + 6, 49 * 70 + 60},
          program.drawFrom(ones, 0, 0, n -> 0, Progress.NONE));
    }
  }

  @Test
  void givenNoiseOfAnotherSizeIsRefused() {
    Sampler idle = g -> progress -> {};
    try (var program =
        new SamplingProgram(
            new SigmaIsTime(1e-3, 2),
            new UnitGaussian(),
            idle,
            Shape.of(2),
            1,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(() -> new float[3]))) {
      assertThrows(IllegalArgumentException.class, () -> draw(program, 0, 0));
    }
  }

  @Test
  void numbersAndLevelsOfEachSampleReachItAlone() {
    Sampler each =
        g -> {
          var tf = g.tf();
          var x = g.state();
          var scale = g.perSample("scale");
          var level = g.levelPerSample("t");
          var score = g.at(x, level).score();
          var scaled = tf.math.mul(LevelTensors.align(tf, scale, x), score);
          var report = List.<Operand<TFloat32>>of(scale);
          var step = g.kernel("step", report, x.set(scaled));
          return progress -> {
            assertEquals(3, g.batch());
            double[] reported =
                step.run(scale.is(new double[] {1, 2, 3}), level.at(new double[] {0.5, 1, 2}));
            assertArrayEquals(new double[] {1, 2, 3}, reported);
            assertThrows(IllegalArgumentException.class, () -> scale.is(new double[] {1}));
            assertThrows(IllegalArgumentException.class, () -> level.at(new double[4]));
          };
        };
    try (var program = program(each, Shape.of(2), 3)) {
      float[] x = {1, 2, 1, 2, 1, 2};
      // -scale x / (1 + t^2)
      float[] expected = {-0.8f, -1.6f, -1, -2, -0.6f, -1.2f};
      assertArrayEquals(expected, program.drawFrom(x, 0, 0, n -> 0, Progress.NONE), 1e-6f);
    }
  }

  /** Wants nothing to do with an end time of 2. */
  private record Refusing() implements Sampler {
    @Override
    public void check(Sde sde) {
      Validation.begin().rule(sde.endTime() != 2, "time", 2, "must not be the end").end();
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      throw new AssertionError("built though it refused");
    }
  }

  @Test
  void aSamplerThatRefusesTheProcessIsNotBuilt() {
    assertThrows(InvalidValueException.class, () -> program(new Refusing(), Shape.of(2), 1));
  }
}

package org.score4j.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.ModelScope;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.engine.device.Device;
import org.score4j.engine.sampling.SigmaIsTime;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

class TrainingProgramTest {

  /** A weight w for each dimension: noise = w x + dropped bits of x. */
  record Linear(double dropout) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var w =
          scope.child("layer").parameter("w", Shape.of(x.shape().get(1)), Initializer.normal(1));
      var out = tf.math.mul(x, w);
      if (!scope.training() || dropout == 0) {
        return out;
      }
      var kept = tf.math.greaterEqual(scope.uniform(out), tf.constant((float) dropout));
      return tf.math.mul(out, tf.dtypes.cast(kept, TFloat32.class));
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  record SquaredNoiseError() implements Loss {
    @Override
    public Operand<TFloat32> perExample(LossGraph g) {
      var tf = g.tf();
      var z = g.noise();
      var sigma = LevelTensors.align(tf, g.level().sigma(), z);
      var x = tf.math.add(g.data(), tf.math.mul(sigma, z));
      var error = tf.math.squaredDifference(g.field().noise(x, g.level()), z);
      return tf.math.mean(error, tf.constant(new int[] {1}));
    }
  }

  /** The data themselves: mean square, whatever the model says, plus a trace of the model. */
  record MeanSquareOfData() implements Loss {
    @Override
    public Operand<TFloat32> perExample(LossGraph g) {
      var tf = g.tf();
      var axes = tf.constant(new int[] {1});
      var zero = tf.math.mul(g.field().noise(g.data(), g.level()), tf.constant(0f));
      return tf.math.mean(tf.math.add(tf.math.square(g.data()), zero), axes);
    }
  }

  record Descent(double learningRate) implements Optimizer {
    @Override
    public Op update(OptimizerGraph g) {
      var tf = g.tf();
      var memory = g.slot("sum");
      var added = tf.assignAddVariableOp(memory, g.gradient());
      return tf.withControlDependencies(List.of((Op) added))
          .assignSubVariableOp(g.parameter(), tf.math.mul(g.learningRate(), g.gradient()));
    }
  }

  static final int BATCH = 4;
  static final int DIMENSIONS = 3;

  private static TrainingSettings settings(int warmup, double clip, double ema) {
    return settings(BATCH, 1, warmup, clip, List.of(ema), 11);
  }

  static TrainingSettings settings(
      int batch, int accumulate, int warmup, double clip, List<Double> ema, long seed) {
    var rate = RateCourse.constantAfter(warmup);
    return new TrainingSettings(
        batch,
        accumulate,
        rate,
        clip,
        ema,
        0,
        Augmentation.NONE,
        Precision.FLOAT32,
        false,
        Device.CPU,
        0,
        seed);
  }

  static TrainingProgram program(Loss loss, Optimizer optimizer, TrainingSettings s) {
    return new TrainingProgram(
        new SigmaIsTime(0.1, 2),
        new Linear(0.25),
        loss,
        optimizer,
        s,
        Shape.of(DIMENSIONS),
        Optional.empty(),
        0);
  }

  static ByteBuffer batch(long step) {
    var random = new SplittableRandom(step);
    var data =
        ByteBuffer.allocateDirect(BATCH * DIMENSIONS * Float.BYTES).order(ByteOrder.nativeOrder());
    while (data.hasRemaining()) {
      data.putFloat((float) (random.nextDouble() - 0.5));
    }
    return data.flip();
  }

  private static List<Double> train(TrainingProgram program, long from, long to) {
    List<Double> losses = new ArrayList<>();
    for (long step = from; step <= to; step++) {
      losses.add(program.step(step, batch(step), new int[BATCH]).loss());
    }
    return losses;
  }

  @Test
  void resumedTrainingGivesTheSameBits(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole.safetensors");
    Path half = folder.resolve("half.safetensors");
    Path resumed = folder.resolve("resumed.safetensors");
    List<Double> losses;
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(5, 1, 0.9))) {
      losses = train(program, 1, 20);
      program.save(whole, Map.of("step", "20"));
    }
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(5, 1, 0.9))) {
      train(program, 1, 9);
      program.save(half, Map.of("step", "9"));
    }
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(5, 1, 0.9))) {
      train(program, 1, 3);
      program.load(TensorFile.open(half));
      assertEquals(losses.subList(9, 20), train(program, 10, 20));
      program.save(resumed, Map.of("step", "20"));
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(resumed));
    assertNotEquals(losses.get(0), losses.get(1));
  }

  @Test
  void averageFollowsTheRampedDecay(@TempDir Path folder) {
    Path file = folder.resolve("state.safetensors");
    double[] average = new double[DIMENSIONS];
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(0, 0, 0.3))) {
      program.save(file, Map.of());
      float[] start = TensorFile.open(file).floats("model/layer/w");
      assertArrayEquals(start, TensorFile.open(file).floats("ema/layer/w"));
      for (int i = 0; i < DIMENSIONS; i++) {
        average[i] = start[i];
      }
      for (long n = 1; n <= 6; n++) {
        train(program, n, n);
        program.save(file, Map.of());
        float[] w = TensorFile.open(file).floats("model/layer/w");
        double decay = Math.min(0.3, (1.0 + n) / (10.0 + n));
        for (int i = 0; i < DIMENSIONS; i++) {
          average[i] += (1 - decay) * (w[i] - average[i]);
        }
      }
    }
    float[] ema = TensorFile.open(file).floats("ema/layer/w");
    for (int i = 0; i < DIMENSIONS; i++) {
      assertEquals(average[i], ema[i], 1e-6);
    }
  }

  @Test
  void clippingLimitsTheNormOfTheUpdateAndWarmupScalesIt(@TempDir Path folder) {
    Path before = folder.resolve("before.safetensors");
    Path after = folder.resolve("after.safetensors");
    try (var program = program(new SquaredNoiseError(), new Descent(1), settings(4, 1e-3, 0))) {
      program.save(before, Map.of());
      var told = program.step(1, batch(1), new int[BATCH]);
      assertTrue(told.gradientNorm() > 0.1, "the gradient itself is larger than the limit");
      program.save(after, Map.of());
    }
    float[] w0 = TensorFile.open(before).floats("model/layer/w");
    float[] w1 = TensorFile.open(after).floats("model/layer/w");
    double square = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      square += Math.pow(w1[i] - w0[i], 2);
    }
    // Limit 1e-3, at a quarter of the learning rate 1; w itself is rounded at 1e-7.
    assertEquals(0.25e-3, Math.sqrt(square), 1e-6);
  }

  @Test
  void bytesBecomePixelsOfTheRange() {
    byte[] pixels = {0, 51, (byte) 255, 102};
    for (PixelRange range : List.of(PixelRange.UNIT, PixelRange.CENTERED)) {
      double expected = 0;
      for (byte pixel : pixels) {
        double x = range.low() + (range.high() - range.low()) * (pixel & 255) / 255;
        expected += x * x / pixels.length;
      }
      try (var program =
          new TrainingProgram(
              new SigmaIsTime(0.1, 2),
              new Linear(0),
              new MeanSquareOfData(),
              new Descent(0.1),
              settings(1, 1, 0, 0, List.of(0.0), 0),
              Shape.of(pixels.length),
              Optional.of(range),
              0)) {
        var data = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
        assertEquals(expected, program.step(1, data, new int[1]).loss(), 1e-6);
      }
    }
  }

  @Test
  void loadingNamesEveryTensorThatDoesNotFit(@TempDir Path folder) {
    Path other = folder.resolve("other.safetensors");
    try (var program =
        new TrainingProgram(
            new SigmaIsTime(0.1, 2),
            new Linear(0),
            new SquaredNoiseError(),
            new Descent(0.1),
            settings(0, 0, 0),
            Shape.of(DIMENSIONS + 1),
            Optional.empty(),
            0)) {
      program.save(other, Map.of());
    }
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(0, 0, 0))) {
      var e = assertThrows(TensorFileException.class, () -> program.load(TensorFile.open(other)));
      assertTrue(
          e.getMessage().contains("model/layer/w has shape [4], expected [3]")
              && e.getMessage().contains("optimizer/sum/layer/w has shape [4], expected [3]"),
          e.getMessage());
    }
  }

  @Test
  void loadingNamesEveryTensorThatIsMissingOrLeftOver(@TempDir Path folder) {
    Path file = folder.resolve("renamed.safetensors");
    try (var program = program(new SquaredNoiseError(), new Descent(0.1), settings(0, 0, 0))) {
      var writer = new TensorFile.Writer(file, Map.of());
      for (String name : List.of("model/layer/w", "model/layer/v", "optimizer/total/layer/w")) {
        writer.add(name, Shape.of(3), () -> new float[] {1, 2, 3});
      }
      writer.write();
      var renamed = TensorFile.open(file);
      var e = assertThrows(TensorFileException.class, () -> program.load(renamed));
      for (String fault :
          List.of(
              "missing ema/layer/w [3]",
              "missing optimizer/sum/layer/w [3]",
              "unexpected model/layer/v [3]",
              "unexpected optimizer/total/layer/w [3]")) {
        assertTrue(e.getMessage().contains(fault), e.getMessage());
      }
    }
  }

  @Test
  void modelWithoutParametersCannotBeTrained() {
    ScoreModel formula =
        new ScoreModel() {
          @Override
          public Operand<TFloat32> apply(
              ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
            return x;
          }

          @Override
          public Prediction prediction() {
            return Prediction.DENOISED;
          }
        };
    assertThrows(
        InvalidValueException.class,
        () ->
            new TrainingProgram(
                new SigmaIsTime(0.1, 2),
                formula,
                new SquaredNoiseError(),
                new Descent(0.1),
                settings(0, 0, 0),
                Shape.of(2),
                Optional.empty(),
                0));
  }

  /** noise = w b x with a buffer b. */
  private record Buffered() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var w = scope.parameter("w", Shape.of(1), Initializer.ones());
      var b = scope.buffer("b", Shape.of(1), Initializer.normal(1));
      return tf.math.mul(x, tf.math.mul(w, b));
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  @Test
  void buffersAreKeptButNotTrained(@TempDir Path folder) {
    Path before = folder.resolve("before.safetensors");
    Path after = folder.resolve("after.safetensors");
    try (var program =
        new TrainingProgram(
            new SigmaIsTime(0.1, 2),
            new Buffered(),
            new SquaredNoiseError(),
            new Descent(0.1),
            settings(0, 0, 0.9),
            Shape.of(DIMENSIONS),
            Optional.empty(),
            0)) {
      assertEquals(Map.of("w", Shape.of(1)), program.parameters());
      program.save(before, Map.of());
      train(program, 1, 3);
      program.save(after, Map.of());
    }
    for (String name : List.of("model/b", "ema/b")) {
      assertArrayEquals(TensorFile.open(before).floats(name), TensorFile.open(after).floats(name));
    }
    assertNotEquals(
        TensorFile.open(before).floats("model/w")[0], TensorFile.open(after).floats("model/w")[0]);
  }
}

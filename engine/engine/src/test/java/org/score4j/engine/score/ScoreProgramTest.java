package org.score4j.engine.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.engine.device.Device;
import org.score4j.engine.export.ServableScore;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.format.TensorStream;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** {@link ScoreProgram}, and {@link ServableScore}, which must say the same. */
class ScoreProgramTest {
  private static final int CLASSES = 3;

  @TempDir Path folder;

  /** The variance-preserving process of constant rate 2. */
  private record Decay() implements Sde {
    @Override
    public double drift(double t) {
      return -1;
    }

    @Override
    public double diffusion(double t) {
      return Math.sqrt(2);
    }

    @Override
    public double alpha(double t) {
      return Math.exp(-t);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(-Math.expm1(-2 * t));
    }

    @Override
    public double startTime() {
      return 1e-3;
    }

    @Override
    public double trainingStartTime() {
      return 1e-5;
    }

    @Override
    public double endTime() {
      return 3;
    }
  }

  /** Clean data for N(class, 1) data: (alpha x + sigma^2 class) / (alpha^2 + sigma^2). */
  private record UnitGaussians() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var variance = tf.math.square(level.sigma());
      var whole = tf.math.add(tf.math.square(level.alpha()), variance);
      var mean = tf.dtypes.cast(condition.labels().orElseThrow(), TFloat32.class);
      var shift = tf.math.div(tf.math.mul(variance, mean), whole);
      var factor = LevelTensors.align(tf, tf.math.div(level.alpha(), whole), x);
      return tf.math.add(tf.math.mul(factor, x), LevelTensors.align(tf, shift, x));
    }

    @Override
    public Prediction prediction() {
      return Prediction.DENOISED;
    }
  }

  /** Two convolutions and a product with the time. */
  private record Small(boolean random) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      long channels = x.shape().get(3);
      var in = scope.child("in").parameter("kernel", Shape.of(3, 3, channels, 16), normal());
      var out = scope.child("out").parameter("kernel", Shape.of(3, 3, 16, channels), normal());
      var bias = scope.buffer("bias", Shape.of(16), normal());
      Operand<TFloat32> h =
          tf.nn.biasAdd(tf.nn.conv2d(x, in, List.of(1L, 1L, 1L, 1L), "SAME"), bias);
      h = tf.math.mul(h, tf.math.sigmoid(h));
      if (random) {
        h = tf.math.add(h, scope.uniform(h));
      }
      var y = tf.nn.conv2d(h, out, List.of(1L, 1L, 1L, 1L), "SAME");
      return tf.math.mul(y, LevelTensors.align(tf, level.t(), x));
    }

    private static Initializer normal() {
      return Initializer.normal(0.3);
    }

    @Override
    public Prediction prediction() {
      return Prediction.NOISE;
    }
  }

  private static float[] normal(int count) {
    return normal(count, 1);
  }

  private static float[] normal(int count, double deviation) {
    var random = new SplittableRandom(5);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  @Test
  void theThreeFormsAreThoseOfTheExactScore() {
    try (var program = unitGaussians()) {
      assertEquals(0, program.parameterCount());
      float[] x = {1, -2, 0.5f, 3};
      float[] t = {0.01f, 2};
      int[] labels = {2, -1};
      var found = program.at(x, t, labels);
      for (int i = 0; i < x.length; i++) {
        double alpha = Math.exp(-t[i / 2]);
        double variance = -Math.expm1(-2 * t[i / 2]);
        double score = -(x[i] - alpha * labels[i / 2]);
        assertEquals(score, found.score()[i], 1e-4);
        assertEquals(-Math.sqrt(variance) * score, found.noise()[i], 1e-5);
        assertEquals((x[i] + variance * score) / alpha, found.denoised()[i], 1e-5);
      }
    }
  }

  @Test
  void examplesDoNotDependOnTheirBatch() {
    try (var program = images(Precision.FLOAT32, checkpoint())) {
      float[] x = normal(3 * 192);
      float[] t = {0.1f, 0.5f, 3};
      float[] all = program.at(x, t, new int[0]).score();
      for (int i = 0; i < 3; i++) {
        float[] one = Arrays.copyOfRange(x, i * 192, (i + 1) * 192);
        float[] alone = program.at(one, new float[] {t[i]}, new int[0]).score();
        assertArrayEquals(Arrays.copyOfRange(all, i * 192, (i + 1) * 192), alone, 1e-5f);
      }
    }
  }

  private static ScoreProgram images(Precision precision, Path checkpoint) {
    return new ScoreProgram(
        new Decay(),
        new Small(false),
        Shape.of(8, 8, 3),
        0,
        precision,
        Device.CPU,
        new StoredParameters(() -> TensorFile.open(checkpoint), "ema"));
  }

  /** For which no checkpoint is opened. */
  private static ScoreProgram unitGaussians() {
    return new ScoreProgram(
        new Decay(),
        new UnitGaussians(),
        Shape.of(2),
        CLASSES,
        Precision.FLOAT32,
        Device.CPU,
        new StoredParameters(() -> fail("asked for"), "ema"));
  }

  @Test
  void timesOutOfRangeAndWrongSizesAreRefused() {
    try (var program = images(Precision.FLOAT32, checkpoint())) {
      for (float t : new float[] {0, 9.9e-6f, 3.1f, Float.NaN}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> program.at(new float[192], new float[] {t}, new int[0]));
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> program.at(new float[191], new float[] {1}, new int[0]));
      float[] ends = {(float) 1e-5, 3};
      assertEquals(2 * 192, program.at(new float[2 * 192], ends, new int[0]).score().length);
    }
  }

  private Path checkpoint() {
    Path file = folder.resolve("weights.safetensors");
    var shapes = Map.of("in/kernel", Shape.of(3, 3, 3, 16), "out/kernel", Shape.of(3, 3, 16, 3));
    Map<String, Shape> named = new HashMap<>();
    shapes.forEach((name, shape) -> named.put("ema/" + name, shape));
    named.put("ema/bias", Shape.of(16));
    try (var stream = new TensorStream(file, Map.of(), named)) {
      named.forEach((name, shape) -> stream.write(name, normal((int) shape.size(), 0.3)));
      stream.finish();
    }
    return file;
  }

  @Test
  void storedParametersThatAreNotTheModelsAreRefused() {
    Path file = folder.resolve("others.safetensors");
    try (var stream =
        new TensorStream(
            file,
            Map.of(),
            Map.of("ema/bias", Shape.of(2), "ema/more", Shape.of(1), "model/x", Shape.of(1)))) {
      stream.write("ema/bias", new float[2]);
      stream.write("ema/more", new float[1]);
      stream.write("model/x", new float[1]);
      stream.finish();
    }
    var refused = assertThrows(TensorFileException.class, () -> images(Precision.FLOAT32, file));
    assertEquals(
        file
            + ": missing ema/in/kernel [3, 3, 3, 16]; missing ema/out/kernel [3, 3, 16, 3];"
            + " ema/bias has shape [2], expected [16]; unexpected ema/more [1]",
        refused.getMessage());
  }

  /** Whose parameters are variables. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-5", "BFLOAT16, 0.05"})
  void aSavedModelSaysTheSame(Precision precision, float tolerance) {
    var weights = TensorFile.open(checkpoint());
    float[] x = normal(5 * 192);
    float[] t = {1e-5f, 0.3f, 1, 2.99f, 3};
    ScoreProgram.Scores expected;
    try (var program = images(precision, checkpoint())) {
      expected = program.at(x, t, new int[0]);
    }
    Path exported = folder.resolve("exported");
    try (var servable =
        new ServableScore(
            new Decay(), new Small(false), Shape.of(8, 8, 3), 0, precision, Optional.empty())) {
      servable.load(weights, "ema");
      servable.export(exported);
    }
    try (var bundle = SavedModelBundle.load(exported.toString(), "serve");
        var xs = tensor(Shape.of(5, 8, 8, 3), x);
        var ts = tensor(Shape.of(5), t)) {
      assertEquals(Set.of("x", "t"), bundle.function("score").signature().inputNames());
      assertClose(
          tolerance, expected.score(), called(bundle, "score", "score", Map.of("x", xs, "t", ts)));
      assertClose(
          tolerance,
          expected.denoised(),
          called(bundle, "denoise", "denoised", Map.of("x", xs, "t", ts)));
      // Nothing is left of what gives parameters their first values.
      assertTrue(
          bundle.metaGraphDef().getGraphDef().getNodeList().stream()
              .map(NodeDef::getOp)
              .noneMatch(op -> op.contains("Random")));
    }
  }

  /** Agrees, apart from rounding, which counts against the largest. */
  private static void assertClose(float tolerance, float[] expected, float[] found) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, found, tolerance * largest);
  }

  @Test
  void aSavedModelWithoutParametersTakesClassesAndRefusesTimesOutOfRange() {
    Path exported = folder.resolve("exported");
    try (var servable =
        new ServableScore(
            new Decay(),
            new UnitGaussians(),
            Shape.of(2),
            CLASSES,
            Precision.FLOAT32,
            Optional.empty())) {
      servable.export(exported);
    }
    try (var program = unitGaussians();
        var bundle = SavedModelBundle.load(exported.toString(), "serve");
        var xs = tensor(Shape.of(1, 2), new float[] {1, 2});
        var labels = TInt32.vectorOf(2);
        var ts = TFloat32.vectorOf(0.5f);
        var late = TFloat32.vectorOf(3.01f)) {
      assertArrayEquals(
          program.at(new float[] {1, 2}, new float[] {0.5f}, new int[] {2}).score(),
          called(bundle, "score", "score", Map.of("x", xs, "t", ts, "labels", labels)));
      var refused =
          assertThrows(
              TFInvalidArgumentException.class,
              () -> called(bundle, "score", "score", Map.of("x", xs, "t", late, "labels", labels)));
      assertTrue(
          refused.getMessage().contains("t must be from 1.0E-5 to 3.0, found"),
          refused::getMessage);
    }
  }

  @Test
  void aModelThatStaysRandomCannotBeServed() {
    try (var servable =
        new ServableScore(
            new Decay(),
            new Small(true),
            Shape.of(8, 8, 3),
            0,
            Precision.FLOAT32,
            Optional.empty())) {
      assertThrows(InvalidValueException.class, () -> servable.export(folder.resolve("exported")));
      assertTrue(Files.notExists(folder.resolve("exported/saved_model.pb")));
    }
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(FloatBuffer.wrap(values)));
  }

  private static float[] called(
      SavedModelBundle bundle, String signature, String output, Map<String, Tensor> inputs) {
    try (var result = bundle.function(signature).call(inputs)) {
      var tensor = (TFloat32) result.get(output).orElseThrow();
      float[] values = new float[(int) tensor.shape().size()];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  @Test
  void aSavedModelOfStandardizedDataTakesAndGivesTheirOwnUnits() {
    Path exported = folder.resolve("exported");
    var change = new Standardization(List.of(40.0, 60_000.0), List.of(10.0, 20_000.0));
    try (var servable =
        new ServableScore(
            new Decay(),
            new UnitGaussians(),
            Shape.of(2),
            CLASSES,
            Precision.FLOAT32,
            Optional.of(change))) {
      servable.export(exported);
    }
    float[] y = {55, 40_000};
    try (var program = unitGaussians();
        var bundle = SavedModelBundle.load(exported.toString(), "serve");
        var ys = tensor(Shape.of(1, 2), y);
        var labels = TInt32.vectorOf(2);
        var ts = TFloat32.vectorOf(0.5f)) {
      var told = program.at(new float[] {1.5f, -1}, new float[] {0.5f}, new int[] {2});
      Map<String, Tensor> inputs = Map.of("x", ys, "t", ts, "labels", labels);
      float[] score = told.score();
      assertArrayEquals(
          new float[] {score[0] / 10, score[1] / 20_000},
          called(bundle, "score", "score", inputs),
          1e-7f);
      float[] denoised = told.denoised();
      assertArrayEquals(
          new float[] {denoised[0] * 10 + 40, denoised[1] * 20_000 + 60_000},
          called(bundle, "denoise", "denoised", inputs),
          0.01f);
    }
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TensorStream;
import org.score4j.runner.Distribution.Ended;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A trained network goes out into the world and says there what it says here. */
class ScoreAndExportIT {
  private static final String RECIPE =
      """
      {
        "data": "fashion-mnist",
        "sde": "vp",
        "model": {
          "type": "ddpm++", "channels": 32, "multipliers": [1], "blocks": 1, "attention": [28],
          "label": "time"
        },
        "training": {"steps": 2, "batchSize": 2, "warmup": 0},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 2, "batchSize": 4}
      }
      """;

  @TempDir Path folder;
  private Distribution runner;

  @BeforeEach
  void open() throws IOException {
    runner = Distribution.from(folder);
    runner.file("small.json", RECIPE);
  }

  private Path input(float[] x, float[] t) {
    Path file = folder.resolve("in.safetensors");
    Shape images = Shape.of(t.length, 28, 28, 1);
    try (var stream =
        new TensorStream(file, Map.of(), Map.of("x", images, "t", Shape.of(t.length)))) {
      stream.write("x", x);
      stream.write("t", t);
      stream.finish();
    }
    return file;
  }

  private static float[] normal(int count) {
    var random = new SplittableRandom(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void aRunIsScoredAndExported() throws IOException {
    runner.succeed("train", "--recipe", "small.json", "--output", "run");
    float[] t = {0.001f, 0.2f, 0.9f, 1};
    float[] x = normal(t.length * 784);
    input(x, t);
    Ended scored =
        runner.succeed(
            "score", "--run", "run", "--input", "in.safetensors", "--output", "out.safetensors");
    assertEquals("score of 4 examples: out.safetensors\n", scored.out());
    TensorFile out = TensorFile.open(folder.resolve("out.safetensors"));
    assertEquals(Shape.of(4, 28, 28, 1), out.shape("score"));

    runner.succeed("export", "--run", "run", "--format", "savedmodel", "--output", "served");
    try (var bundle = SavedModelBundle.load(folder.resolve("served").toString(), "serve");
        var xs = TFloat32.tensorOf(out.shape("score"), DataBuffers.of(FloatBuffer.wrap(x)));
        var ts = TFloat32.vectorOf(t);
        var score = bundle.function("score").call(Map.of("x", xs, "t", ts));
        var clean = bundle.function("denoise").call(Map.of("x", xs, "t", ts))) {
      assertClose(out.floats("score"), floats(score.get("score").orElseThrow()));
      assertClose(out.floats("denoised"), floats(clean.get("denoised").orElseThrow()));
    }

    runner.succeed("export", "--run", "run", "--format", "reference", "--output", "theirs");
    TensorFile theirs = TensorFile.open(folder.resolve("theirs"));
    assertEquals(Shape.of(32, 1, 3, 3), theirs.shape("all_modules.2.weight"));
    input(x, new float[] {0.001f, 0.2f, 1.5f, 1});
    Ended refused =
        runner.run("score", "--run", "run", "--input", "in.safetensors", "--output", "never");
    assertEquals(2, refused.status());
    assertEquals(
        "in.safetensors: t[2] is 1.5, expected a time of the forward process, from 1.0E-5 to"
            + " 1.0\n",
        refused.err());
    assertTrue(Files.notExists(folder.resolve("never")));
  }

  /** Agrees but for rounding: score holds parameters as constants, the SavedModel as variables. */
  private static void assertClose(float[] expected, float[] found) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, found, 1e-5f * largest);
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.shape().size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }
}

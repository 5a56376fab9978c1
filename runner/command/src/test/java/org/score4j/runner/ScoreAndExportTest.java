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
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.runner.InProcess.Ended;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A trained network goes out into the world and says there what it says here. */
class ScoreAndExportTest {
  private static final String RECIPE =
      """
      {
        "data": {"type": "image-folder", "path": "images"},
        "sde": "vp",
        "model": {
          "type": "ddpm++", "channels": 32, "multipliers": [1], "blocks": 1, "attention": [8],
          "label": "time"
        },
        "training": {"steps": 2, "batchSize": 2, "warmup": 0},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 2, "batchSize": 4}
      }
      """;

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() {
    tiny = new TinyRun(folder);
    tiny.image("images/dark.png", 0x102030);
    tiny.image("images/light.png", 0xF0E0D0);
  }

  private Path input(float[] x, float[] t) {
    Path file = folder.resolve("in.safetensors");
    Shape images = Shape.of(t.length, 8, 8, 3);
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
    tiny.start("train", tiny.file("small.json", RECIPE), "run").with(0);
    float[] t = {0.001f, 0.2f, 0.9f, 1};
    float[] x = normal(t.length * 8 * 8 * 3);
    Path in = input(x, t);
    Ended scored =
        tiny.command(
                "score",
                "--run",
                tiny.run("run"),
                "--input",
                in,
                "--output",
                folder.resolve("out.safetensors"))
            .with(0)
            .within(folder);
    assertEquals("score of 4 examples: out.safetensors\n", scored.out());
    TensorFile out = TensorFile.open(folder.resolve("out.safetensors"));
    assertEquals(Shape.of(4, 8, 8, 3), out.shape("score"));

    export("savedmodel", "served");
    try (var bundle = SavedModelBundle.load(folder.resolve("served").toString(), "serve");
        var xs = TFloat32.tensorOf(out.shape("score"), DataBuffers.of(FloatBuffer.wrap(x)));
        var ts = TFloat32.vectorOf(t);
        var score = bundle.function("score").call(Map.of("x", xs, "t", ts));
        var clean = bundle.function("denoise").call(Map.of("x", xs, "t", ts))) {
      assertClose(out.floats("score"), floats(score.get("score").orElseThrow()));
      assertClose(out.floats("denoised"), floats(clean.get("denoised").orElseThrow()));
    }

    export("reference", "theirs");
    TensorFile theirs = TensorFile.open(folder.resolve("theirs"));
    assertEquals(Shape.of(32, 3, 3, 3), theirs.shape("all_modules.2.weight"));
    input(x, new float[] {0.001f, 0.2f, 1.5f, 1});
    Ended refused =
        tiny.command(
                "score",
                "--run",
                tiny.run("run"),
                "--input",
                in,
                "--output",
                folder.resolve("never"))
            .with(2)
            .within(folder);
    assertEquals(
        "in.safetensors: t[2] is 1.5, expected a time of the forward process, from 1.0E-5 to"
            + " 1.0\n",
        refused.err());
    assertTrue(Files.notExists(folder.resolve("never")));
  }

  private void export(String format, String output) {
    tiny.command(
            "export",
            "--run",
            tiny.run("run"),
            "--format",
            format,
            "--output",
            folder.resolve(output))
        .with(0);
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

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.runner.InProcess.Ended;
import org.tensorflow.ndarray.Shape;

/** Data of two classes, whose exact score is given, are taken to latents and back. */
class FlowTest {
  private static final String CLASSES =
      """
      [{"weight": 1, "mean": [-1, 0], "standardDeviation": [0.3, 0.3]},
       {"weight": 1, "mean": [1, 0], "standardDeviation": [0.3, 0.3]}]
      """;
  private static final String RECIPE =
      """
      {
        "data": {"type": "mixture", "components": %1$s},
        "sde": "vp",
        "model": {"type": "gaussian-mixture", "components": %1$s, "conditional": true},
        "sampler": {"type": "heun", "steps": 2},
        "sampling": {"count": 2, "batchSize": 2}
      }
      """;

  @TempDir Path folder;
  private TinyRun tiny;

  /** An exact model needs no training: its run is a recipe in a folder. */
  @BeforeEach
  void makeRun() throws IOException {
    tiny = new TinyRun(folder);
    Files.createDirectory(folder.resolve("made"));
    tiny.file("made/manifest.json", String.format(Locale.ROOT, RECIPE, CLASSES));
  }

  private void input(float[] x, int... labels) {
    Map<String, Shape> data = Map.of("x", Shape.of(labels.length, 2));
    Map<String, Shape> classes = Map.of("labels", Shape.of(labels.length));
    Path file = folder.resolve("in.safetensors");
    try (var stream = new TensorStream(file, Map.of(), data, classes)) {
      stream.write("x", x);
      stream.write("labels", labels);
      stream.finish();
    }
  }

  private Ended encode(String output) {
    return tiny.command(
            "encode",
            "--run",
            tiny.run("made"),
            "--input",
            folder.resolve("in.safetensors"),
            "--output",
            folder.resolve(output))
        .within(folder);
  }

  private float[] written(String name) {
    return TensorFile.open(folder.resolve(name)).floats("x");
  }

  @Test
  void dataComeBackFromTheirLatents() {
    float[] x = {-1.3f, 0, 1, 0.3f, 1, -0.6f};
    input(x, 0, 1, 1);
    Ended encoded = encode("z.safetensors");
    assertTrue(
        encoded
            .out()
            .matches(
                "latents of 3 examples, t = \\S+ to \\S+: z.safetensors\nround trip of 2: off by"
                    + " \\S+ in root mean square, \\S+ at most\n"),
        encoded.out());
    // An example so many deviations from its class's mean has a latent as many from zero.
    assertArrayEquals(new float[] {-1, 0, 0, 1, 0, -2}, written("z.safetensors"), 0.01f);
    Ended decoded =
        tiny.command(
                "decode",
                "--run",
                tiny.run("made"),
                "--input",
                folder.resolve("z.safetensors"),
                "--output",
                folder.resolve("x.safetensors"))
            .with(0)
            .within(folder);
    assertTrue(
        decoded.out().matches("data of 3 latents, t = \\S+ to \\S+: x.safetensors\n"),
        decoded.out());
    assertArrayEquals(x, written("x.safetensors"), 1e-4f);

    input(x, 0, 2, 1);
    Ended refused = encode("never");
    assertEquals(
        "in.safetensors: labels[1] is 2, expected a class from 0 to 1, or -1 for any\n",
        refused.err());
    assertEquals(2, refused.status());
    assertTrue(Files.notExists(folder.resolve("never")));
  }
}

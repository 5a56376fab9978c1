package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.Distribution.Ended;
import org.score4j.runner.Distribution.Started;

/** Likelihoods of data of two classes, whose exact score is given, survive an interruption. */
class FlowIT {
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
  private Distribution runner;

  /** An exact model needs no training: its run is a recipe in a folder. */
  @BeforeEach
  void makeRun() throws IOException {
    runner = Distribution.from(folder);
    Files.createDirectory(folder.resolve("made"));
    runner.file("made/manifest.json", String.format(Locale.ROOT, RECIPE, CLASSES));
  }

  @Test
  void anInterruptedLikelihoodGoesOn() {
    String[] command = {
      "likelihood", "--run", "made", "--count", "400", "--output", "nats.safetensors"
    };
    Started first = runner.start(command);
    first.await(() -> Files.exists(folder.resolve("nats.safetensors.partial")));
    first.kill();
    Ended second = runner.succeed(command);
    String[] lines = second.out().split("\n");
    assertTrue(lines[0].matches("resumed after \\d+ examples"), second.out());
    assertTrue(
        lines[1].matches(
            "\\d\\.\\d{4} nats, standard error 0\\.\\d{4}, of 400 examples, t = \\S+ to \\S+:"
                + " nats.safetensors"),
        second.out());
    // Entropy of a class, within 4 standard errors; -ln p has the variance 1.
    double entropy = Math.log(2 * Math.PI * 0.09) + 1;
    assertEquals(entropy, Double.parseDouble(lines[1].split(" ")[0]), 4 / Math.sqrt(400));
  }
}

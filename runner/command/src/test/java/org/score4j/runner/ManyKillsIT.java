package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.runner.Distribution.Started;

/**
 * Runs of every optimizer, precision and kind of data, each killed at ten random instants, leave
 * the bits of those that never stopped.
 */
@Tag("long")
class ManyKillsIT {
  private static final String RECIPE =
      """
      {
        "name": "killed", "seed": 11,
        "data": %s,
        "sde": "vp",
        "model": %s,
        "training": {"steps": %d, "batchSize": 16, "accumulate": %d, "warmup": 50,
          "optimizer": %s, "schedule": "%s",
          "heldOut": {"share": 0.2, "count": 32, "every": 20},
          "averaging": {"decays": [0.99, 0.9]}},
        "compute": {"precision": "%s"},
        "checkpoints": {"every": 3, "keepLast": 3, "keepEvery": 50},
        "logging": {"every": 7, "tensorBoard": {"histogramsEvery": 25, "samplesEvery": 60, "samples": 4}},
        "sampler": {"type": "euler-maruyama", "steps": 10},
        "sampling": {"count": 16}
      }
      """;
  private static final String POINTS = "{\"type\": \"mlp\", \"width\": 32}";
  private static final String IMAGES =
      "{\"type\": \"ddpm-unet\", \"channels\": 4, \"multipliers\": [1, 1], \"blocks\": 1,"
          + " \"attention\": [], \"dropout\": 0.1, \"classes\": 10}";
  private static final int KILLS = 10;
  private static final int SIGKILL = 137;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adam     | float32  | 1 | constant     | mixture
          adamw    | bfloat16 | 2 | cosine       | two-moons
          sgd      | float32  | 3 | linear       | checkerboard
          rmsprop  | bfloat16 | 1 | inverse-sqrt | swiss-roll
          adamw    | float32  | 1 | cosine       | fashion-mnist
          adam     | bfloat16 | 2 | constant     | fashion-mnist
          """)
  @DisabledOnOs(OS.WINDOWS)
  void killedAgainAndAgain(
      String optimizer, String precision, int accumulate, String schedule, String data)
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("ManyKillsIT: " + optimizer + " on " + data + ", instants of seed " + seed);
    Random random = new Random(seed);
    boolean images = data.equals("fashion-mnist");
    int steps = images ? 60 : 1200;
    Distribution runner = Distribution.from(folder);
    String recipe =
        runner.file(
            "recipe.json",
            String.format(
                Locale.ROOT,
                RECIPE,
                '"' + data + '"',
                images ? IMAGES : POINTS,
                steps,
                accumulate,
                "{\"type\": \"" + optimizer + "\", \"learningRate\": 1e-4}",
                schedule,
                precision));
    runner.succeed("--recipe", recipe, "--output", "whole");
    RunFiles whole = new RunFiles(folder.resolve("whole"));
    RunFiles killed = new RunFiles(folder.resolve("killed"));
    for (int kill = 0; kill < KILLS; kill++) {
      Started started = runner.start("train", "--recipe", recipe, "--output", "killed");
      if (random.nextInt(4) > 0) {
        long stop = Math.min(steps - 6, killed.newestStep() + random.nextInt(steps / KILLS));
        started.await(() -> killed.newestStep() >= stop);
        Distribution.sleep(random.nextInt(100));
      } else {
        Distribution.sleep(random.nextInt(2500));
      }
      assertTrue(killed.newestStep() < steps, "killed before the end");
      assertEquals(SIGKILL, started.kill().status());
    }
    runner.succeed("--recipe", recipe, "--output", "killed");
    killed.assertSameBits(whole);
    killed.assertSameLosses(whole);
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.Distribution.Started;

/** A long training does not grow. */
@Tag("long")
class SoakIT {
  private static final int STEPS = 20_000;
  private static final long ALLOWED_KIB = 48 << 10;
  private static final String RECIPE =
      """
      {
        "name": "soak", "seed": 1,
        "data": "mixture",
        "sde": "vp",
        "model": {"type": "mlp", "width": 64},
        "training": {"steps": %d, "batchSize": 64, "heldOut": {"share": 0.1, "count": 256, "every": 200},
          "averaging": {"decays": [0.999, 0.99]}},
        "checkpoints": {"every": 200},
        "logging": {"every": 50, "tensorBoard": {"histogramsEvery": 200, "samplesEvery": 4000, "samples": 16}},
        "sampler": {"type": "euler-maruyama", "steps": 10},
        "sampling": {"count": 16}
      }
      """;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryIsFlatOverTwentyThousandSteps() throws IOException {
    Distribution runner = Distribution.from(folder);
    String recipe = runner.file("soak.json", String.format(Locale.ROOT, RECIPE, STEPS));
    RunFiles files = new RunFiles(folder.resolve("soak"));
    Started started = runner.start("train", "--recipe", recipe, "--output", "soak");
    TreeMap<Long, Long> residentByStep = new TreeMap<>();
    while (started.process().isAlive()) {
      long step = files.newestStep();
      resident(started.process().pid()).ifPresent(kib -> residentByStep.put(step, kib));
      Distribution.sleep(200);
    }
    assertEquals(0, started.end().status());
    long early = most(residentByStep, STEPS / 4, STEPS / 2);
    long late = most(residentByStep, 3 * STEPS / 4, STEPS);
    System.out.printf(
        Locale.ROOT,
        "SoakIT: at most %d MiB resident in steps %d to %d, %d MiB in steps %d to %d%n",
        early >> 10,
        STEPS / 4,
        STEPS / 2,
        late >> 10,
        3 * STEPS / 4,
        STEPS);
    assertTrue(late < early + ALLOWED_KIB, early + " KiB, then " + late + " KiB");
  }

  private static long most(TreeMap<Long, Long> residentByStep, long from, long to) {
    return residentByStep.subMap(from, to).values().stream()
        .mapToLong(Long::longValue)
        .max()
        .orElseThrow();
  }

  private static OptionalLong resident(long process) {
    try (var lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}

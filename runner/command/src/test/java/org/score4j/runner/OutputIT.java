package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.Distribution.Ended;

/** What a command writes when nobody but a file is reading. */
class OutputIT {
  @TempDir Path folder;

  @Test
  void helpIsPlain() {
    Ended ended = Distribution.from(folder).succeed("--help");
    assertEquals("", ended.err());
    assertTrue(ended.out().startsWith("Usage: runner"), ended::out);
    assertPlain(ended);
  }

  @Test
  void progressIsPlainLinesAndSaysWhereTheResultsAre() throws IOException {
    Distribution runner = Distribution.from(folder);
    runner.file(
        "points.json",
        """
        {
          "data": "mixture",
          "sde": "vp",
          "model": {"type": "mlp", "width": 8},
          "training": {"steps": 30, "batchSize": 8},
          "sampler": {"type": "euler-maruyama", "steps": 10},
          "sampling": {"count": 4},
          "evaluation": ["energy-distance"]
        }
        """);
    Ended ended = runner.succeed("--recipe", "points.json");
    assertPlain(ended);
    List<String> lines = ended.errLines();
    assertTrue(lines.get(0).matches("training [\\d,]+ parameters"), ended::err);
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("train: 30/30 \\(100%\\), .*loss .*")),
        ended::err);
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("sample: 10/10 \\(100%\\), .*")), ended::err);
    String samples =
        "runs/points/samples/euler-maruyama-seed-0-count-4.safetensors".replace("/", separator());
    List<String> results = ended.out().lines().toList();
    assertEquals("4 samples, 10 network evaluations each: " + samples, results.get(0));
    assertTrue(Files.exists(folder.resolve(samples)));
    assertTrue(results.get(2).matches("energy-distance: -?[\\d.]+"), ended::out);
    assertEquals("page: runs/points/report.html".replace("/", separator()), results.get(3));
    assertEquals(4, results.size());
    Path page = folder.resolve("runs/points/report.html");
    assertTrue(Files.readString(page).contains("energy-distance"));
  }

  private static String separator() {
    return Path.of("a", "b").toString().substring(1, 2);
  }

  /** Neither carriage returns, other than before line feeds, nor escape codes. */
  private static void assertPlain(Ended ended) {
    String all = (ended.out() + ended.err()).replace(System.lineSeparator(), "\n");
    assertTrue(all.chars().noneMatch(c -> c == '\r' || c == 27), all);
  }
}

package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

/** A log with broken lines costs no more than these lines. */
class MetricsLogTest {
  @TempDir Path folder;

  private Path log(String text) throws IOException {
    return Files.write(folder.resolve("log"), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static List<Long> steps(Path file) {
    return MetricsLog.read(file).stream().map(line -> line.path("step").asLong(-1)).toList();
  }

  @Test
  void linesThatCannotBeReadArePassedOver() throws IOException {
    Path file =
        log(
            """
            {"step":1,"loss":0.5}
            \u00ff
            {"step":
            {"step":"2"}
            {"step":2.5}
            {"step":99999999999999999999}
            {"step":3,"loss":{"a":1}}
            {"step":4,"loss":"NaN"}
            [5]

            null
            {"step":6,"anything":{"a":1}}
            """);
    assertEquals(List.of(1L, 4L, 6L), steps(file));
    assertEquals(8, LogLines.of(file).broken());
  }

  @Test
  void brokenLinesStayWhereTrainingGoesOn() throws IOException {
    Path file = log("{\"step\":5}\n\u00ff odd\n{ \"step\": 10 }\n{\"step\":15}\n{\"st");
    try (MetricsLog log = MetricsLog.continueAfter(file, 10)) {
      log.add(Map.of("step", 11));
    }
    assertEquals("{\"step\":5}\n\u00ff odd\n{ \"step\": 10 }\n{\"step\":11}\n", text(file));
  }

  @Test
  void aLineIsAddedBehindOneThatWasCutShort() throws IOException {
    Path file = log("{\"step\":5}\n{\"st");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.add(Map.of("step", 6));
    }
    assertEquals(List.of(5L, 6L), steps(file));
  }

  @Test
  void noCommandNeedsTheLog() throws IOException {
    var tiny = new TinyRun(folder);
    tiny.start("run", tiny.points(), "run").with(0);
    Path file = tiny.run("run").resolve("metrics.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, "{\"step\":\n" + String.join("\n", lines.subList(1, lines.size())));
    Files.write(file, new byte[] {'\n', -1, '\n'}, StandardOpenOption.APPEND);
    Files.writeString(file, "{\"step\":5,\"loss\":{\"a\":1}}\n", StandardOpenOption.APPEND);
    Ended sampled = tiny.command("sample", "--run", tiny.run("run"), "--count", 3).with(0);
    assertTrue(sampled.err().contains("3 of "), sampled::err);
    assertEquals(1, sampled.err().split("lines cannot be read", -1).length - 1, sampled::err);
    tiny.command("report", "--run", tiny.run("run")).with(0);
    tiny.start("run", tiny.points(), "run", "training.steps=25").with(0);
    List<Long> steps = steps(file);
    assertTrue(steps.containsAll(List.of(10L, 15L, 20L, 25L)), steps::toString);
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import tools.jackson.databind.JsonNode;

/** Samples of a run are measured, and samplers compared. */
class EvaluateTest {
  private static final String POINTS =
      """
      {
        "data": "mixture",
        "sde": "vp",
        "model": {"type": "gaussian-mixture", "components": [
          {"weight": 1, "mean": [0, 0], "standardDeviation": [1, 1]}]},
        "sampler": {"type": "heun", "steps": 10},
        "sampling": {"count": 2000, "batchSize": 2000},
        "evaluation": ["energy-distance", "mmd", "sliced-wasserstein",
                       {"type": "mode-weights", "modes": [[-1, 0], [1, 0]]}]
      }
      """;
  private static final String IMAGES =
      """
      {
        "data": "fashion-mnist",
        "reference": {"type": "subset", "of": "fashion-mnist", "part": "held-out", "share": 0.002},
        "sde": "ve",
        "model": {"type": "ddpm-unet", "channels": 4, "multipliers": [1], "blocks": 1,
                  "attention": [], "dropout": 0},
        "training": {"steps": 1, "batchSize": 1},
        "sampler": {"type": "euler", "steps": 2},
        "evaluation": ["fid", "kid", "precision-recall", "inception-score"]
      }
      """;

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() {
    tiny = new TinyRun(folder);
  }

  private static List<String> namesIn(Ended ended) {
    return ended.out().lines().map(line -> line.split(": ")[0]).toList();
  }

  @Test
  void pointsAreMeasured() throws IOException {
    Ended made = tiny.start("run", tiny.file("points.json", POINTS), "made").with(0);
    RunFiles files = new RunFiles(folder.resolve("made"));
    // Of one wide Gaussian from eight narrow ones on a circle: the halves are alike, no more.
    assertTrue(files.measured("energy-distance") > 0.01, made.out());
    assertTrue(files.measured("mode-weight-error") < 0.05, made.out());
    Ended again =
        tiny.command("evaluate", "--run", tiny.run("made"), "--seed", 1, "--count", 500).with(0);
    assertEquals(
        List.of("energy-distance", "mmd", "sliced-wasserstein", "mode-weight-error", "page"),
        namesIn(again));
    JsonNode logged = files.metrics().get(1);
    assertEquals(500, logged.get("samples").asInt());
    assertEquals(1, logged.get("seed").asInt());
    double low = logged.get("mmd-95").get(0).asDouble();
    double high = logged.get("mmd-95").get(1).asDouble();
    assertTrue(0 < low && low < high, logged::toString);

    Ended refused = tiny.command("evaluate", "--run", tiny.run("made"), "--count", 1).with(2);
    assertEquals(
        """
        energy-distance takes at least 2 samples, found 1
        mmd takes at least 2 samples, found 1
        """,
        refused.err());
  }

  @Test
  void imagesAreMeasuredAndSamplersCompared() throws IOException {
    tiny.start("train", tiny.file("images.json", IMAGES), "made").with(0);
    Ended evaluated = tiny.command("evaluate", "--run", tiny.run("made"), "--count", 30).with(0);
    assertEquals(
        List.of(
            "fid",
            "kid",
            "precision",
            "recall",
            "inception-score",
            "inception-score-deviation",
            "page"),
        namesIn(evaluated));
    RunFiles files = new RunFiles(folder.resolve("made"));
    assertTrue(files.measured("fid") > files.measured("kid"), evaluated.out());
    assertEquals(1, files.names("evaluation").size());
    assertEquals(List.of(), files.names("samples"));

    Path samplers =
        tiny.file(
            "samplers.json",
            "[{\"sampler\": {\"type\": \"euler\"}}, "
                + "{\"sampler\": {\"type\": \"heun\"}, \"evaluationsPerStep\": 2}]");
    Ended compared =
        tiny.command(
                "compare",
                "--run",
                tiny.run("made"),
                "--samplers",
                samplers,
                "--output",
                folder.resolve("table"),
                "--count",
                25,
                "--evaluations",
                "2,4")
            .with(0);
    List<String> table = Files.readAllLines(folder.resolve("table.md"));
    assertEquals(5, table.size(), compared.out());
    assertEquals("| fid of 25 samples, by NFE | 2 | 4 |", table.get(0));
    assertTrue(Files.readString(folder.resolve("table.svg")).startsWith("<svg"));
    List<JsonNode> lines = files.metrics();
    assertEquals(
        "2, 4, 1, 3",
        StreamSupport.stream(lines.subList(lines.size() - 4, lines.size()).spliterator(), false)
            .map(line -> line.get("evaluations").asString())
            .collect(Collectors.joining(", ")));
  }
}

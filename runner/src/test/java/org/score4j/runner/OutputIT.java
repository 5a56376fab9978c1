package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.runner.Distribution.Ended;

/** What a command writes when nobody but a file is reading. */
class OutputIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', --recipe --output --set --plugins --stacktrace --help --version run train sample plugins",
    "run, --recipe --output --set --plugins --stacktrace --help",
    "train, --recipe --output --set --plugins --stacktrace --help",
    "sample, --run --count --seed --set --plugins --stacktrace --help",
    "report, --run --output --plugins --stacktrace --help",
    "animate, --run --output --force --direction --count --seed --frames --fps --width --colors"
        + " --denoised --set --with --json --plugins --stacktrace --help",
    "plugins, --plugins --stacktrace --help"
  })
  void helpNamesEveryOption(String command, String names) {
    List<String> arguments = new ArrayList<>(List.of(command, "--help"));
    arguments.removeIf(String::isEmpty);
    Ended ended = Distribution.from(folder).succeed(arguments.toArray(String[]::new));
    assertEquals("", ended.err());
    assertTrue(ended.out().startsWith(("Usage: runner " + command).strip()), ended::out);
    assertAll(
        List.of(names.split(" ")).stream()
            .map(name -> () -> assertTrue(ended.out().contains(name), () -> name + "\n" + ended)));
    assertPlain(ended);
  }

  @Test
  void theListOfCommandsTellsWholeSentences() {
    String help = Distribution.from(folder).succeed("--help").out();
    String commands =
        help.replaceFirst("(?s).*\\RCommands:\\R", "").replaceFirst("(?s)\\R\\R.*", "");
    List<String> told = List.of(commands.split("\\R(?=  \\S)"));
    assertTrue(told.size() > 15, commands);
    assertAll(told.stream().map(each -> () -> assertTrue(each.strip().endsWith("."), each)));
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

    Ended anew = runner.succeed("report", "--run", "runs/points", "--output", "page.html");
    assertEquals("page: page.html", anew.out().strip());
    assertTrue(Files.readString(folder.resolve("page.html")).contains("Score field"));

    Ended other = runner.succeed("sample", "--run", "runs/points", "--count", "3", "--seed", "7");
    String chosen =
        "runs/points/samples/euler-maruyama-seed-7-count-3.safetensors".replace("/", separator());
    assertEquals(
        "3 samples, 10 network evaluations each: " + chosen,
        other.out().lines().findFirst().orElseThrow());
    assertTrue(Files.exists(folder.resolve(chosen)));

    Ended animated =
        runner.succeed(
            "animate", "--run", "runs/points", "--frames", "3", "--output", "a.gif", "--json");
    assertTrue(animated.out().contains("\"frames\" : 3"), animated::out);
    assertTrue(Files.size(folder.resolve("a.gif")) > 1000);
    assertPlain(animated);
    Ended refused =
        runner.run("animate", "--run", "runs/points", "--frames", "1", "--output", "a.gif");
    assertEquals(2, refused.status());
    assertEquals(
        List.of("--frames: must lie between 2 and 1000, found 1"),
        refused.errLines(),
        refused::err);
    Ended there = runner.run("animate", "--run", "runs/points", "--output", "a.gif");
    assertEquals(2, there.status());
    assertTrue(there.err().startsWith("a.gif: exists; "), there::err);

    Ended again = runner.succeed("train", "--recipe", "points.json");
    assertTrue(again.errLines().contains("trained already, to step 30"), again::err);
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

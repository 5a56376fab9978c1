package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.Distribution.Ended;
import org.score4j.runner.Distribution.Started;

/**
 * What goes wrong ends the process with the right status. What else can be refused, and how it is
 * said: {@link RefusalsTest}.
 */
class ExitStatusIT {
  private static final String POINTS =
      """
      {
        "data": "mixture",
        "sde": "vp",
        "model": {"type": "mlp", "width": 8},
        "training": {"steps": 20, "batchSize": 8},
        "sampler": {"type": "euler-maruyama", "steps": 2},
        "sampling": {"count": 4}
      }
      """;

  @TempDir Path folder;
  private Distribution runner;

  @BeforeEach
  void open() throws IOException {
    runner = Distribution.from(folder);
    runner.file("points.json", POINTS);
  }

  /** Status 2, nothing on standard output, and exactly these lines on standard error. */
  private void assertRefused(String lines, String... arguments) throws IOException {
    Ended ended = runner.run(arguments);
    assertEquals(lines, ended.err().replace(folder.toRealPath() + "/", "<folder>/"));
    assertEquals("", ended.out());
    assertEquals(2, ended.status());
  }

  @Test
  void misspeltKeysAreToldAllAtOnceWithTheirPlaces() throws IOException {
    runner.file(
        "misspelt.json",
        POINTS
            .replace("width", "widht")
            .replace("batchSize", "batchsize")
            .replace("count", "counts"));
    assertRefused(
        """
        misspelt.json:4:28 model.widht: unknown key; did you mean "width"? Known: width, depth, \
        activation, timeFeatures, dataStandardDeviation, classes, prediction, learnedVariance
        misspelt.json:5:29 training.batchsize: unknown key; did you mean "batchSize"?
        misspelt.json:7:16 sampling.counts: unknown key; did you mean "count"? Known: count, \
        batchSize, ema, labels, loop, compute
        """,
        "--recipe",
        "misspelt.json");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDiskThatIsFullLosesNothing() {
    String[] command = {
      "train",
      "--recipe",
      "points.json",
      "--output",
      "out",
      "--set",
      "model.width=256",
      "--set",
      "checkpoints.every=2",
      "--set",
      "logging.every=1"
    };
    String[] shorter = Arrays.copyOf(command, command.length + 2);
    shorter[command.length] = "--set";
    shorter[command.length + 1] = "training.steps=4";
    runner.succeed(shorter);
    Ended full = runner.startWithFilesUpTo(200, command).end();
    assertEquals(1, full.status(), full::err);
    List<String> lines = full.errLines();
    assertTrue(
        lines
            .get(lines.size() - 1)
            .matches(
                "runner: cannot write \\S+/step-0000000[68].safetensors: .*; the checkpoint of step 4"
                    + " is kept. Once this is fixed, the same command resumes"),
        full::err);
    assertNoStackTrace(full);
    RunFiles files = new RunFiles(folder.resolve("out"));
    assertEquals(
        List.of("step-00000002.safetensors", "step-00000004.safetensors"),
        files.names("checkpoints"));
    Ended rest = runner.succeed(command);
    assertTrue(rest.err().contains("resuming after step 4"), rest::err);
  }

  @Test
  void aFolderInUseIsLeftAlone() throws IOException {
    Started first =
        runner.start(
            "train",
            "--recipe",
            "points.json",
            "--output",
            "out",
            "--set",
            "training.steps=100000000");
    try {
      first.awaitError("train: ");
      assertRefused(
          "out: another process is at work in this run folder; wait for it, or choose"
              + " another --output\n",
          "--recipe",
          "points.json",
          "--output",
          "out");
    } finally {
      first.kill();
    }
  }

  private static void assertNoStackTrace(Ended ended) {
    assertFalse(ended.err().contains("\tat "), ended::err);
  }
}

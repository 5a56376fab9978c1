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
import org.score4j.engine.TensorFile;
import org.score4j.runner.Distribution.Ended;
import org.score4j.runner.Distribution.Started;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong ends with the right status, and with all that the user needs and no more. */
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
        batchSize, ema, labels, loop
        """,
        "--recipe",
        "misspelt.json");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void aMissingRecipeIsTold() throws IOException {
    assertRefused("none.json: there is no such recipe\n", "--recipe", "none.json");
  }

  @Test
  void anUnknownOptionIsToldWithTheOneThatWasMeant() {
    Ended ended = runner.run("train", "--recipe", "points.json", "--outptu=x");
    assertEquals(
        List.of(
            "unknown option --outptu; did you mean \"--output\"?",
            "runner train --help tells what there is to give"),
        ended.errLines());
    assertEquals(2, ended.status());
  }

  @Test
  void anUnknownCommandIsToldWithTheOneThatWasMeant() {
    Ended ended = runner.run("smaple", "--run", "runs/points");
    assertEquals(
        List.of(
            "there is no command smaple; did you mean \"sample\"?",
            "runner --help tells what there is to give"),
        ended.errLines());
    assertEquals(2, ended.status());
  }

  @Test
  void optionsInFrontOfACommandAreNotLost() {
    Ended ended = runner.run("--plugins", "nowhere", "plugins");
    assertEquals("Options go after the command: runner plugins ...", ended.errLines().get(0));
    assertEquals(2, ended.status());
  }

  @Test
  void aRunThatHasGoneFurtherIsLeftAsItIs() throws IOException {
    runner.succeed("train", "--recipe", "points.json");
    String manifest = Files.readString(folder.resolve("runs/points/manifest.json"));
    Ended ended = runner.run("train", "--recipe", "points.json", "--set", "training.steps=1");
    assertEquals(2, ended.status());
    assertTrue(
        ended.err().contains(", further than training.steps = 1; choose another --output"),
        ended::err);
    assertEquals(manifest, Files.readString(folder.resolve("runs/points/manifest.json")));
  }

  @Test
  void samplingFromAFolderThatIsNoRunIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("holiday"));
    assertRefused(
        "holiday: is not a run folder (it has no manifest.json); runs are made by: runner --recipe"
            + " FILE\n",
        "sample",
        "--run",
        "holiday");
    assertEquals(List.of(), new RunFiles(folder).names("holiday"));
  }

  @Test
  void aRunThatIsNotTrainedDrawsNothing() throws IOException {
    runner.succeed("train", "--recipe", "points.json", "--output", "untrained");
    for (String name : new RunFiles(folder.resolve("untrained")).names("checkpoints")) {
      Files.delete(folder.resolve("untrained/checkpoints").resolve(name));
    }
    String told =
        "untrained: holds no checkpoint; train first with: runner train --recipe RECIPE\n";
    assertRefused(told, "sample", "--run", "untrained");
    Ended ended = runner.run("likelihood", "--run", "untrained");
    assertEquals(2, ended.status());
    assertTrue(ended.err().endsWith(told), ended::err);
    assertEquals(List.of(), new RunFiles(folder.resolve("untrained")).names("samples"));
  }

  @Test
  void missingDataAreToldWithThePlaceInTheRecipe() throws IOException {
    runner.file(
        "gone.json", POINTS.replace("\"mixture\"", "{\"type\": \"idx\", \"images\": \"gone.gz\"}"));
    assertRefused(
        "gone.json:2:37 data.images: must name a file, found <folder>/gone.gz: no such file\n",
        "--recipe",
        "gone.json",
        "--output",
        "out");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aModelThatDoesNotSuitTheDataIsToldWithItsPlace() throws IOException {
    runner.file(
        "unsuited.json",
        POINTS.replace(
            "{\"type\": \"mlp\", \"width\": 8}",
            "{\"type\": \"edm-preconditioned\", \"network\": {\"type\": \"ddpm-unet\"}}"));
    assertRefused(
        "unsuited.json:4:63 model.network.type: must be a model for points where data have shape"
            + " [2], found ddpm-unet\n",
        "--recipe",
        "unsuited.json");
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void aRunOfAnotherRecipeIsNotContinued() throws IOException {
    runner.succeed("train", "--recipe", "points.json", "--output", "out");
    assertRefused(
        """
        out: holds a run of another recipe, which this one cannot continue; choose \
        another --output, or delete the folder. They differ in
          model.width: 8 there, 16 now
          seed: 0 there, 1 now
        """,
        "--recipe",
        "points.json",
        "--output",
        "out",
        "--set",
        "model.width=16",
        "--set",
        "seed=1",
        "--set",
        "training.steps=40");
  }

  @Test
  void aLossThatIsNoNumberIsAFailureThatKeepsTheLastCheckpoint() {
    String[] command = {
      "--recipe",
      "points.json",
      "--output",
      "out",
      "--set",
      "training.optimizer.learningRate=1e30",
      "--set",
      "training.warmup=0",
      "--set",
      "training.checkpointEvery=1"
    };
    Ended ended = runner.run(command);
    assertEquals(1, ended.status());
    String told =
        "runner: step 12: the loss is (Infinity|NaN), .+; that is 11 updates skipped in a row; the"
            + " checkpoint of step 1 is kept\\. Lower training\\.optimizer\\.learningRate or"
            + " training\\.gradientClip, or lengthen training\\.warmup";
    List<String> lines = ended.errLines();
    assertTrue(lines.get(lines.size() - 1).matches(told), ended::err);
    assertTrue(ended.err().contains("step 2: the loss is "), ended::err);
    assertTrue(ended.err().contains("; the update is skipped\n"), ended::err);
    assertNoStackTrace(ended);
    RunFiles files = new RunFiles(folder.resolve("out"));
    assertEquals(List.of("step-00000001.safetensors"), files.names("checkpoints"));
    Path kept = files.folder().resolve("checkpoints/step-00000001.safetensors");
    assertEquals("1", TensorFile.open(kept).metadata().get("step"));

    String[] traced = List.of("--stacktrace").toArray(new String[command.length + 1]);
    System.arraycopy(command, 0, traced, 1, command.length);
    Ended again = runner.run(traced);
    assertEquals(1, again.status());
    assertTrue(again.err().contains("\tat org.score4j.runner"), again::err);
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
      "training.checkpointEvery=2",
      "--set",
      "training.logEvery=1"
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
                    + " is kept. Once there is room, the same command goes on"),
        full::err);
    assertNoStackTrace(full);
    RunFiles files = new RunFiles(folder.resolve("out"));
    assertEquals(
        List.of("step-00000002.safetensors", "step-00000004.safetensors"),
        files.names("checkpoints"));
    Ended rest = runner.succeed(command);
    assertTrue(rest.err().contains("going on after step 4"), rest::err);
  }

  @Test
  void changesThatTurnTheCourseAreToldAndKept() throws IOException {
    runner.succeed("train", "--recipe", "points.json", "--output", "out");
    Ended turned =
        runner.succeed(
            "train",
            "--recipe",
            "points.json",
            "--output",
            "out",
            "--set",
            "training.steps=40",
            "--set",
            "training.optimizer.learningRate=0.5");
    assertTrue(
        turned
            .err()
            .contains(
                """
                resuming after step 20 with a changed recipe; the result will match neither recipe \
                from scratch. It differs in
                  training.optimizer.learningRate: 2.0E-4 there, 0.5 now
                what is learnt does not depend on
                  training.steps: 20 there, 40 now
                """),
        turned::err);
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("out/manifest.json")));
    JsonNode change = manifest.get("provenance").get("changes").get(0);
    assertEquals(20, change.get("afterStep").asInt());
    assertEquals(
        "training.optimizer.learningRate: 2.0E-4 there, 0.5 now", change.get("change").asString());
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

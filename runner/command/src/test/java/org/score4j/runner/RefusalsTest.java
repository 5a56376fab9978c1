package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import org.score4j.runner.InProcess.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong ends with the right status, and with all that the user needs and no more. */
class RefusalsTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private TinyRun tiny;
  private Path recipe;

  @BeforeAll
  static void trainOnce() {
    var tiny = new TinyRun(shared);
    tiny.start("train", tiny.points(), "run").with(0);
  }

  @BeforeEach
  void open() {
    tiny = new TinyRun(folder);
    recipe = tiny.points();
  }

  /** Status 2, nothing on standard output, and exactly these lines on standard error. */
  private void assertRefused(String lines, Ended ended) {
    assertEquals(lines, ended.within(folder).err());
    assertEquals("", ended.out());
    assertEquals(2, ended.status());
  }

  /** The recipe of points with something else in place of a part of it. */
  private Path changed(String name, String before, String after) throws IOException {
    String text = Files.readString(recipe);
    assertTrue(text.contains(before), text);
    return tiny.file(name, text.replace(before, after));
  }

  @Test
  void whatTwoOptionsGiveIsRefused() {
    String run = "--run=" + shared.resolve("run");
    assertRefused(
        "--count and --set sampling.count=3: both give sampling.count; leave one out\n",
        tiny.command("sample", run, "--set=sampling.count=3", "--count=2"));
    assertRefused(
        "--label and --set sampling.labels=[1]: both give sampling.labels; leave one out\n",
        tiny.command("sample", run, "--set=sampling.labels=[1]", "--label=0"));
  }

  @Test
  void aMissingRecipeIsTold() {
    assertRefused(
        "none.json: there is no such recipe\n",
        tiny.command("--recipe", folder.resolve("none.json")));
  }

  @Test
  void anUnknownOptionIsToldWithTheOneThatWasMeant() {
    assertRefused(
        """
        unknown option --outptu; did you mean "--output"?
        runner train --help lists the options
        """,
        tiny.command("train", "--recipe", "points.json", "--outptu=x"));
  }

  @Test
  void anUnknownCommandIsToldWithTheOneThatWasMeant() {
    assertRefused(
        """
        unknown command smaple; did you mean "sample"?
        runner --help lists the options
        """,
        tiny.command("smaple", "--run", "runs/points"));
  }

  @Test
  void optionsInFrontOfACommandAreNotLost() {
    Ended ended = tiny.command("--plugins", "nowhere", "plugins").with(2);
    assertEquals(
        "Options go after the command: runner plugins ...", ended.err().lines().toList().get(0));
  }

  @Test
  void aRunThatHasGoneFurtherIsLeftAsItIs() throws IOException {
    tiny.copy(shared.resolve("run"), "run");
    String manifest = Files.readString(tiny.run("run").resolve("manifest.json"));
    Ended ended = tiny.start("train", recipe, "run", "training.steps=1").with(2);
    assertTrue(
        ended.err().contains(", further than training.steps = 1; choose another --output"),
        ended::err);
    assertEquals(manifest, Files.readString(tiny.run("run").resolve("manifest.json")));
  }

  @Test
  void samplingFromAFolderThatIsNoRunIsRefused() throws IOException {
    Files.createDirectory(tiny.run("holiday"));
    assertRefused(
        "holiday: is not a run folder (it has no manifest.json); runs are made by: runner --recipe"
            + " FILE\n",
        tiny.command("sample", "--run", tiny.run("holiday")));
    assertEquals(List.of(), new RunFiles(folder).names("holiday"));
  }

  @Test
  void aRunThatIsNotTrainedDrawsNothing() throws IOException {
    tiny.copy(shared.resolve("run"), "untrained");
    Path untrained = tiny.run("untrained");
    for (String name : new RunFiles(untrained).names("checkpoints")) {
      Files.delete(untrained.resolve("checkpoints").resolve(name));
    }
    String told =
        "untrained: holds no checkpoint; train first with: runner train --recipe RECIPE\n";
    assertRefused(told, tiny.command("sample", "--run", untrained));
    Ended ended = tiny.command("likelihood", "--run", untrained).with(2);
    assertTrue(ended.err().endsWith(told), ended::err);
    assertEquals(List.of(), new RunFiles(untrained).names("samples"));
  }

  @Test
  void missingDataAreToldWithThePlaceInTheRecipe() throws IOException {
    Path gone = changed("gone.json", "\"mixture\"", "{\"type\": \"idx\", \"images\": \"gone.gz\"}");
    assertRefused(
        "gone.json:1:52 data.images: must name a file, found gone.gz: no such file\n",
        tiny.start("train", gone, "out"));
    assertFalse(Files.exists(tiny.run("out")));
  }

  @Test
  void aModelThatDoesNotSuitTheDataIsToldWithItsPlace() throws IOException {
    Path unsuited =
        changed(
            "unsuited.json",
            "{\"type\": \"mlp\", \"width\": 8}",
            "{\"type\": \"edm-preconditioned\", \"network\": {\"type\": \"ddpm-unet\"}}");
    assertRefused(
        "unsuited.json:1:110 model.network.type: must be a model for points where data have shape"
            + " [2], found ddpm-unet\n",
        tiny.start("train", unsuited, "out"));
    assertFalse(Files.exists(tiny.run("out")));
  }

  @Test
  void aRunOfAnotherRecipeIsNotContinued() {
    tiny.copy(shared.resolve("run"), "out");
    assertRefused(
        """
        out: holds a run of another recipe, which this one cannot continue; choose \
        another --output, or delete the folder. They differ in
          model.width: 8 there, 16 now
          seed: 0 there, 1 now
        """,
        tiny.start("train", recipe, "out", "model.width=16", "seed=1", "training.steps=40"));
  }

  @Test
  void aLossThatIsNoNumberIsAFailureThatKeepsTheLastCheckpoint() {
    String[] settings = {
      "training.optimizer.learningRate=1e30", "training.warmup=0", "checkpoints.every=1"
    };
    Ended ended = tiny.start("train", recipe, "out", settings).with(1);
    String told =
        "runner: step 12: the loss is (Infinity|NaN), .+; that is 11 updates skipped in a row; the"
            + " checkpoint of step 1 is kept\\. Lower training\\.optimizer\\.learningRate or"
            + " training\\.gradientClip, or lengthen training\\.warmup";
    List<String> lines = ended.err().lines().toList();
    assertTrue(lines.get(lines.size() - 1).matches(told), ended::err);
    assertTrue(ended.err().contains("step 2: the loss is "), ended::err);
    assertTrue(ended.err().contains("; the update is skipped\n"), ended::err);
    assertFalse(ended.err().contains("\tat "), ended::err);
    assertEquals(
        List.of("step-00000001.safetensors"), new RunFiles(tiny.run("out")).names("checkpoints"));
    assertEquals("1", TensorFile.open(tiny.checkpoint("out", 1)).metadata().get("step"));

    String[] traced = {settings[0], settings[1], settings[2], "--stacktrace"};
    Ended again = tiny.start("train", recipe, "out", traced).with(1);
    assertTrue(again.err().contains("\tat org.score4j.runner"), again::err);
  }

  @Test
  void changesThatTurnTheCourseAreToldAndKept() throws IOException {
    tiny.copy(shared.resolve("run"), "out");
    Ended turned =
        tiny.start(
                "train", recipe, "out", "training.steps=40", "training.optimizer.learningRate=0.5")
            .with(0);
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
        JsonMapper.shared().readTree(Files.readString(tiny.run("out").resolve("manifest.json")));
    JsonNode change = manifest.get("provenance").get("changes").get(0);
    assertEquals(20, change.get("afterStep").asInt());
    assertEquals(
        "training.optimizer.learningRate: 2.0E-4 there, 0.5 now", change.get("change").asString());
  }
}

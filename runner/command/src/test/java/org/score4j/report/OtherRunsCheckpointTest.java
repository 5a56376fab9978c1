package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

/** A checkpoint of another run in a run's folder, and checkpoints without a manifest. */
class OtherRunsCheckpointTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeAll
  static void trainOnce() {
    var tiny = new TinyRun(shared);
    tiny.start("train", tiny.points(), "run").with(0);
    tiny.start("train", tiny.points(), "longer", "training.steps=25").with(0);
  }

  @BeforeEach
  void copyTheRun() {
    tiny = new TinyRun(folder);
    tiny.copy(shared.resolve("run"), "run");
  }

  private Ended longer(String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "training.steps=25";
    return tiny.start("train", tiny.points(), "run", all);
  }

  private void assertAsFromTheStart() throws IOException {
    Path expected = new TinyRun(shared).checkpoint("longer", 25);
    assertEquals(-1, Files.mismatch(expected, tiny.checkpoint("run", 25)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed=5", "data.seed=3"})
  void anotherRunsCheckpointIsRefused(String setting) throws IOException {
    tiny.start("train", tiny.points(), "other", setting).with(0);
    Files.copy(
        tiny.checkpoint("other", 20),
        tiny.checkpoint("run", 20),
        StandardCopyOption.REPLACE_EXISTING);
    Ended trained = longer().with(2);
    assertTrue(trained.err().contains("checkpoint of another run"), trained::err);
    assertTrue(trained.err().contains("step-00000020"), trained::err);
    Ended sampled = tiny.command("sample", "--run", tiny.run("run")).with(2);
    assertTrue(sampled.err().contains("checkpoint of another run"), sampled::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed=5", "sde.betaMax=15", "data=two-moons", "data.seed=3"})
  void withoutAManifestNoOtherRecipeGoesOn(String setting) throws IOException {
    Path manifest = tiny.run("run").resolve("manifest.json");
    Files.delete(manifest);
    Ended refused = tiny.start("train", tiny.points(), "run", "training.steps=25", setting).with(2);
    assertTrue(refused.err().contains("checkpoint of another run"), refused::err);
    assertTrue(Files.notExists(manifest));
    assertTrue(Files.exists(tiny.checkpoint("run", 20)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "cut"})
  void theSameRecipeMakesTheManifestAgain(String damage) throws IOException {
    Path manifest = tiny.run("run").resolve("manifest.json");
    String before = Files.readString(manifest);
    if (damage.equals("missing")) {
      Files.delete(manifest);
    } else {
      Files.writeString(manifest, damage.equals("empty") ? "" : before.substring(0, 300));
      tiny.command("sample", "--run", tiny.run("run")).with(2);
    }
    Ended ended = longer().with(0);
    assertTrue(ended.err().contains("written again"), ended::err);
    assertAsFromTheStart();
  }

  @Test
  void aRenamedCheckpointIsNeitherDamagedNorMoved() throws IOException {
    Files.move(tiny.checkpoint("run", 20), tiny.checkpoint("run", 23));
    Ended ended = longer().with(0);
    assertTrue(ended.err().contains("holds step 20"), ended::err);
    assertAsFromTheStart();
  }

  @Test
  void aManifestOfAnEarlierVersionLacksKeysThatHaveDefaults() throws IOException {
    Path manifest = tiny.run("run").resolve("manifest.json");
    String earlier =
        Files.readString(manifest)
            .replaceFirst("\"(betaMin|sigmaMin)\" : [^,]*,", "")
            .replaceFirst("\"skipLimit\" : [^,]*,", "");
    Files.writeString(manifest, earlier);
    Ended ended = longer().with(0);
    assertTrue(!ended.err().contains("absent"), ended::err);
  }

  @Test
  void aManifestThatIsNotAsItWasWrittenIsReported() throws IOException {
    Path manifest = tiny.run("run").resolve("manifest.json");
    Ended whole = tiny.command("sample", "--run", tiny.run("run")).with(0);
    assertFalse(whole.err().contains("checksum"), whole::err);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"count\" : 4", "\"count\" : 5"));
    Ended edited = tiny.command("sample", "--run", tiny.run("run")).with(0);
    assertTrue(
        edited.err().contains("manifest.json: differs from what score4j wrote"), edited::err);
    assertTrue(edited.out().contains("5 samples"), edited::out);
    Ended resumed = longer().with(0);
    assertTrue(resumed.err().contains("its checksum does not match"), resumed::err);
    Ended written = tiny.command("sample", "--run", tiny.run("run")).with(0);
    assertFalse(written.err().contains("checksum"), written::err);
  }
}

package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.Training;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.runner.InProcess;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs of versions whose recipes were not nested. */
class OldKeysOfRunsTest {
  private static final String OLD =
      """
      {"name": "tiny", "data": "mixture", "sde": "vp", "model": {"type": "mlp", "width": 8},
       "training": {"steps": 20, "batchSize": 8, "warmup": 5, "checkpointEvery": 10,
         "logEvery": 5, "threads": 1, "previews": 0},
       "sampler": {"type": "euler-maruyama", "steps": 3}, "sampling": {"count": 4}}
      """;

  @TempDir Path folder;

  @Test
  void aRunOfAnEarlierVersionResumesToTheSameBits() throws IOException {
    TinyRun tiny = new TinyRun(folder);
    Path old = tiny.file("old.json", OLD);
    tiny.start("train", tiny.points(), "whole").with(0);
    Ended begun = tiny.start("train", old, "run", "training.steps=10").with(0);
    assertTrue(
        begun.err().contains("training.checkpointEvery is now checkpoints.every"), begun::err);
    Path manifest = tiny.run("run").resolve("manifest.json");
    String written = Files.readString(manifest);
    assertFalse(written.contains("checkpointEvery"), written);
    Files.writeString(manifest, asBefore(written));
    Ended resumed = tiny.start("train", old, "run").with(0);
    List<String> changes =
        resumed.errLines().stream().filter(line -> line.contains(" there, ")).toList();
    assertEquals(List.of("  training.steps: 10 there, 20 now"), changes);
    assertFalse(Files.readString(manifest).contains("checkpointEvery"), written);
    assertEquals(-1, Files.mismatch(tiny.checkpoint("whole", 20), tiny.checkpoint("run", 20)));
  }

  /** A manifest as it was written before. */
  private static String asBefore(String manifest) {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(manifest);
    ObjectNode training = (ObjectNode) json.get("training");
    training.set("ema", ((ObjectNode) training.remove("averaging")).get("decays"));
    training.setAll((ObjectNode) training.remove("augmentation"));
    training.setAll((ObjectNode) json.remove("compute"));
    ObjectNode checkpoints = (ObjectNode) json.remove("checkpoints");
    training.set("checkpointEvery", checkpoints.remove("every"));
    training.setAll(checkpoints);
    ObjectNode logging = (ObjectNode) json.remove("logging");
    training.set("logEvery", logging.remove("every"));
    training.setAll(logging);
    return json.toString();
  }

  @Test
  void aCheckpointsRecipeIsComparedByTheNewKeysAlsoWithoutItsPlugins() {
    PluginCatalogue catalogue = InProcess.catalogue();
    ObjectNode old = (ObjectNode) JsonMapper.shared().readTree(OLD);
    Map<String, String> leaves = RecipeLeaves.ofWritten(old, catalogue);
    assertEquals("10", leaves.get("checkpoints.every"));
    assertEquals("0.999", leaves.get("training.averaging.decays"));
    old.put("model", "of-an-absent-plugin");
    Map<String, String> bare = RecipeLeaves.ofWritten(old, catalogue);
    assertEquals("1", bare.get("compute.threads"));
    assertFalse(bare.containsKey("training.threads"));
  }

  @Test
  void theStoredRunOfTheExamplesIsReadAsBefore() {
    Path manifest = Path.of("..", "..", "examples", "fashion-mnist", "manifest.json");
    Recipe recipe = new RecipeReader(InProcess.catalogue()).read(manifest, List.of());
    assertEquals(List.of(0.999), recipe.training().orElseThrow().averaging().decays());
    assertEquals(Precision.BFLOAT16, recipe.compute().precision());
    assertEquals(250, recipe.checkpoints().every());
    assertEquals(List.of(), RecipeReader.hints(RecipeText.of(manifest), List.of()));
  }

  @Test
  void aTrainingInJavaIsThatOfARecipe() throws IOException {
    String json = OLD.replaceFirst("\"training\": \\{[^}]*}", "\"training\": {\"steps\": 40}");
    Training read =
        new RecipeReader(InProcess.catalogue())
            .read(new RecipeText("java", "java", folder, json), List.of())
            .training()
            .orElseThrow();
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    URL optimizers =
        Path.of("..", "..", "model-plugins", "optimizer", "target", "classes").toUri().toURL();
    try (var installed = new URLClassLoader(new URL[] {optimizers}, usual)) {
      assertThrows(InvalidValueException.class, () -> new Training(40));
      thread.setContextClassLoader(installed);
      Training made = new Training(40);
      assertEquals(read.optimizer().toString(), made.optimizer().toString());
      assertEquals(read.schedule().toString(), made.schedule().toString());
      assertEquals(read, made.optimizer(read.optimizer()).schedule(read.schedule()));
      assertEquals(512, made.batchSize(512).batchSize());
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}

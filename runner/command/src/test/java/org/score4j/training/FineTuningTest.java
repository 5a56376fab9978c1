package org.score4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.folder.StoredManifest;
import org.score4j.format.TensorFile;
import org.score4j.runner.InProcess;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

/** Runs that start from the weights of others. */
class FineTuningTest {
  private static final String ZERO_STEPS = "training.steps=1";

  @TempDir static Path shared;
  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeAll
  static void trainOnce() {
    var tiny = new TinyRun(shared);
    tiny.start("train", tiny.points(), "run", "training.averaging.decays=[0.9, 0.5]").with(0);
  }

  @BeforeEach
  void copyTheRun() {
    tiny = new TinyRun(folder);
    tiny.copy(shared.resolve("run"), "run");
  }

  private Ended tune(String output, String... settings) {
    return tiny.start("train", tiny.points(), output, settings);
  }

  private String from() {
    return "--from=" + tiny.run("run");
  }

  private TensorFile start(String run) {
    return TensorFile.open(tiny.checkpoint(run, 0));
  }

  private TensorFile source() {
    return TensorFile.open(tiny.checkpoint("run", 20));
  }

  private static List<String> paths(TensorFile file) {
    return file.names().stream()
        .filter(name -> name.startsWith("model/"))
        .map(name -> name.substring("model/".length()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema", "parameters"})
  void theFirstCheckpointHasTheWeightsOfTheOther(String which) {
    String[] settings = {
      from(), "--from-weights=" + which, "data=two-moons", "seed=7", "checkpoints.keepLast=9"
    };
    tune("tuned", settings).with(0);
    String prefix = which.equals("ema") ? "ema/" : "model/";
    assertFalse(paths(start("tuned")).isEmpty());
    for (String path : paths(start("tuned"))) {
      float[] expected = source().floats(prefix + path);
      assertArrayEquals(expected, start("tuned").floats("model/" + path), path);
      assertArrayEquals(expected, start("tuned").floats("ema/" + path), path);
    }
  }

  /** Of a recipe that only samples. */
  @ParameterizedTest
  @ValueSource(strings = {"ema", "parameters"})
  void exportedWeightsAreImportedToSampleFrom(String which) {
    Path exported = folder.resolve(which + ".safetensors");
    InProcess.run(
            "export",
            "--run=" + tiny.run("run"),
            "--format=safetensors",
            "--weights=" + which,
            "--output=" + exported)
        .with(0);
    Path recipe =
        tiny.file(
            "samples.json",
            """
            {"name": "samples", "data": {"type": "mixture"}, "sde": "vp",
             "model": {"type": "mlp", "width": 8}, "sampler": {"type": "ddim", "steps": 3}}
            """);
    Ended imported = tiny.start("import", recipe, "imported", "--weights=" + exported).with(0);
    assertFalse(imported.err().contains("warning"), imported::err);
    String prefix = which.equals("ema") ? "ema/" : "model/";
    for (String path : paths(source())) {
      float[] expected = source().floats(prefix + path);
      assertArrayEquals(expected, start("imported").floats("model/" + path), path);
      assertArrayEquals(expected, start("imported").floats("ema/" + path), path);
    }
    Ended wider =
        tiny.start("import", recipe, "wider", "--weights=" + exported, "model.width=9").with(2);
    assertTrue(wider.err().contains("does not hold the weights of this network"), wider::err);
    assertFalse(Files.exists(tiny.run("wider")));
  }

  @Test
  void aTunedRunIsResumedExactly() throws IOException {
    String loss = "training.optimizer.learningRate=0.01";
    tune("whole", from(), loss, "seed=3").with(0);
    Ended begun = tune("parts", from(), loss, "seed=3", "training.steps=10").with(0);
    assertTrue(begun.err().contains("starting from the EMA weights of "), begun::err);
    tune("parts", from(), loss, "seed=3", "training.steps=15").with(0);
    tune("parts", loss, "seed=3").with(0);
    assertEquals(-1, Files.mismatch(tiny.checkpoint("whole", 20), tiny.checkpoint("parts", 20)));
    StoredManifest manifest =
        StoredManifest.in(tiny.run("parts").resolve("manifest.json")).orElseThrow();
    assertEquals(
        source().checksum().orElseThrow(), manifest.from().orElseThrow().get("crc32c").asString());
    assertEquals(20, manifest.from().orElseThrow().get("step").asLong());
  }

  @Test
  void aRunOfOtherWeightsIsNotTakenForIt() throws IOException {
    tune("other", "seed=5").with(0);
    tune("tuned", from(), "training.steps=10").with(0);
    String other = "--from=" + tiny.run("other");
    assertTrue(tune("tuned", other).with(2).err().contains("did not start from these weights"));
    assertTrue(tune("run", from()).with(2).err().contains("did not start from these weights"));
    Files.delete(tiny.checkpoint("tuned", 10));
    Files.deleteIfExists(tiny.checkpoint("tuned", 0));
    assertTrue(tune("tuned").with(2).err().contains("give --from again"));
    tune("tuned", from()).with(0);
  }

  @Test
  void exportedWeightsAndCheckpointsWillDo() {
    Path exported = folder.resolve("w.safetensors");
    tiny.command(
            "export", "--run", tiny.run("run"), "--format", "safetensors", "--output", exported)
        .with(0);
    tune("a", from(), ZERO_STEPS).with(0);
    tune("b", "--from=" + exported, ZERO_STEPS).with(0);
    tune("c", "--from=" + tiny.checkpoint("run", 20), ZERO_STEPS).with(0);
    for (String path : paths(start("a"))) {
      float[] expected = start("a").floats("model/" + path);
      assertArrayEquals(expected, start("b").floats("model/" + path), path);
      assertArrayEquals(expected, start("c").floats("model/" + path), path);
    }
    tiny.command(
            "import", "--recipe", tiny.points(), "--weights", exported, "--output", tiny.run("d"))
        .with(0);
    tiny.command(
            "import",
            "--recipe",
            tiny.points(),
            "--weights",
            tiny.run("run"),
            "--output",
            tiny.run("e"))
        .with(0);
    assertEquals(start("d").names(), start("e").names());
    Ended parameters = tune("f", "--from=" + exported, "--from-weights=parameters").with(2);
    assertTrue(parameters.err().contains("--from-weights ema"), parameters::err);
  }

  @Test
  void whatDoesNotFitIsNamedAndLeftRandomOnRequest() {
    String classes = "model.classes=8";
    Ended refused = tune("tuned", from(), classes).with(2);
    assertTrue(refused.err().contains("missing "), refused::err);
    assertTrue(refused.err().contains("--from-partial"), refused::err);
    assertFalse(Files.exists(tiny.run("tuned")));
    tune("random", classes, ZERO_STEPS, "checkpoints.keepLast=9").with(0);
    Ended tuned = tune("tuned", from(), "--from-partial", classes, ZERO_STEPS).with(0);
    assertTrue(tuned.err().contains("stay random: "), tuned::err);
    List<String> taken = paths(source());
    assertTrue(paths(start("tuned")).size() > taken.size());
    taken.stream()
        .filter(path -> source().shape("ema/" + path).equals(start("tuned").shape("model/" + path)))
        .forEach(
            path ->
                assertArrayEquals(
                    source().floats("ema/" + path), start("tuned").floats("model/" + path)));
    Ended width = tune("wide", from(), "model.width=16").with(2);
    assertTrue(width.err().contains("expected"), width::err);
  }

  @Test
  void anotherProcessIsTold() {
    Ended tuned = tune("tuned", from(), "sde.betaMax=15", ZERO_STEPS).with(0);
    assertTrue(tuned.err().contains("sde.betaMax: 20.0 there, 15.0 here"), tuned::err);
  }

  @Test
  void otherClassesAreTold() {
    for (String name : List.of("first/coat", "first/shoe", "second/coat", "second/hat")) {
      tiny.image(name + "/1.png", 0x203040);
      tiny.image(name + "/2.png", 0x806040);
    }
    String classes = "model.classes=2";
    tiny.start("train", tiny.images(), "coats", "data.path=" + tiny.run("first"), classes).with(0);
    String[] settings = {"--from=" + tiny.run("coats"), "data.path=" + tiny.run("second"), classes};
    Ended tuned = tiny.start("train", tiny.images(), "hats", settings).with(0);
    assertTrue(tuned.err().contains("class 1: shoe there, hat here"), tuned::err);
    assertFalse(tuned.err().contains("class 0: "), tuned::err);
  }

  @Test
  void aDryRunChecksTheWeights() {
    Ended fits = tiny.start("train", tiny.points(), "tuned", from(), "--dry-run").with(0);
    assertTrue(fits.out().contains("starting from the EMA weights"), fits::out);
    tiny.start("train", tiny.points(), "tuned", from(), "--dry-run", "model.width=16").with(2);
    assertFalse(Files.exists(tiny.run("tuned")));
  }

  @Test
  void everyModelCanBeTuned() {
    for (int i = 0; i < 4; i++) {
      tiny.image("images/" + i + ".png", 60 * i);
    }
    for (String model :
        List.of(
            "model={\"type\": \"edm-preconditioned\", \"network\": {\"type\": \"ddpm-unet\","
                + " \"channels\": 8, \"multipliers\": [1], \"blocks\": 1, \"attention\": []}}",
            "model={\"type\": \"dit\", \"width\": 16, \"blocks\": 1, \"heads\": 2, \"patch\": 4}",
            "model={\"type\": \"adm\", \"channels\": 8, \"multipliers\": [1], \"blocks\": 1,"
                + " \"attention\": [], \"headChannels\": 8}")) {
      String name = model.replaceAll(".*?\"type\": \"([a-z-]+)\".*", "$1");
      tiny.start("train", tiny.images(), name, model, ZERO_STEPS).with(0);
      String other = "--from=" + tiny.run(name);
      tiny.start("train", tiny.images(), name + "-tuned", model, other, "seed=4").with(0);
    }
  }
}

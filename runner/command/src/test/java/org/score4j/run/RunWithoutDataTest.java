package org.score4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.folder.StoredManifest;
import org.score4j.format.TensorFile;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.ObjectNode;

/** A run whose training data are elsewhere, or gone. */
class RunWithoutDataTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private TinyRun tiny;
  private Path run;

  @BeforeAll
  static void trainOnceAndMoveTheData() throws IOException {
    var tiny = new TinyRun(shared);
    for (int i = 0; i < 6; i++) {
      tiny.image("images/" + "abc".charAt(i % 3) + "/" + i + ".png", 40 * i);
    }
    tiny.start("train", tiny.images(), "run", "model.classes=3").with(0);
    Files.move(shared.resolve("images"), shared.resolve("elsewhere"));
  }

  @BeforeEach
  void copyTheRunAndTheData() {
    tiny = new TinyRun(folder);
    tiny.copy(shared.resolve("run"), "run");
    tiny.copy(shared.resolve("elsewhere"), "elsewhere");
    run = tiny.run("run");
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  @Test
  void whatNeedsNoDataAsksForNone() {
    tiny.command("sample", "--run", run, "--count", 3).with(0);
    Path samples = run.resolve("samples/euler-maruyama-seed-0-count-3.safetensors");
    assertEquals(Shape.of(3, 8, 8, 3), TensorFile.open(samples).shape("samples"));
    assertEquals(Shape.of(3), TensorFile.open(samples).shape("labels"));
    tiny.command("report", "--run", run).with(0);
    tiny.command("export", "--run", run, "--format", "savedmodel", "--output", out("m")).with(0);
    tiny.command("export", "--run", run, "--format", "safetensors", "--output", out("w")).with(0);
    tiny.command("score", "--run", run, "--input", samples, "--output", out("s")).with(0);
    tiny.command("animate", "--run", run, "--frames", 2, "--count", 2, "--output", out("a.gif"))
        .with(0);
    String tolerance = "--tolerance=0.1";
    tiny.command("encode", "--run", run, "--input", samples, "--output", out("z"), tolerance)
        .with(0);
    tiny.command("decode", "--run", run, "--input", out("z"), "--output", out("x"), tolerance)
        .with(0);
  }

  @Test
  void whatNeedsTheDataSaysHowToNameThem() {
    String remedy = "name their new place: --set data.path=PATH";
    Ended measured =
        tiny.command("evaluate", "--run", run, "--set", "evaluation=[\"sliced-wasserstein\"]");
    assertTrue(measured.with(2).err().contains(remedy), measured::err);
    assertFalse(
        measured.err().contains("evaluate:"), "samples were drawn before: " + measured.err());
    Ended forward =
        tiny.command(
            "animate", "--run", run, "--direction", "forward", "--frames", 2, "--output", out("f"));
    assertTrue(forward.with(2).err().contains(remedy), forward::err);
    Ended trained =
        tiny.start("train", tiny.images(), "run", "model.classes=3", "training.steps=6");
    assertTrue(trained.with(2).err().contains(remedy), trained::err);
  }

  @Test
  void samplesThatCannotBeMeasuredAreKept() {
    Ended sampled =
        tiny.command("sample", "--run", run, "--set", "evaluation=[\"sliced-wasserstein\"]");
    assertTrue(sampled.with(0).err().contains("not measured: "), sampled::err);
    assertTrue(Files.exists(run.resolve("samples/euler-maruyama-seed-0-count-2.safetensors")));
  }

  @Test
  void theSameDataElsewhereGoOn() throws IOException {
    String[] settings = {"model.classes=3", "training.steps=6", "data.path=" + out("elsewhere")};
    Ended ended = tiny.start("train", tiny.images(), "run", settings).with(0);
    assertTrue(ended.err().contains("data.path"), ended::err);
    assertTrue(Files.exists(tiny.checkpoint("run", 6)));
    String evaluation = "evaluation=[\"sliced-wasserstein\"]";
    tiny.command("evaluate", "--run", run, "--set", evaluation).with(0);
  }

  @Test
  void otherDataElsewhereAreRefusedUnlessTheyAreWanted() throws IOException {
    tiny.image("elsewhere/a/9.png", 77);
    String[] settings = {"model.classes=3", "training.steps=6", "data.path=" + out("elsewhere")};
    Ended refused = tiny.start("train", tiny.images(), "run", settings).with(2);
    assertTrue(refused.err().contains("(6 examples there, 7 examples now)"), refused::err);
    assertTrue(refused.err().contains("--accept-data"), refused::err);
    assertFalse(Files.readString(run.resolve("manifest.json")).contains("elsewhere"));
    String[] accepting = {settings[0], settings[1], settings[2], "--accept-data"};
    Ended accepted = tiny.start("train", tiny.images(), "run", accepting).with(0);
    assertTrue(accepted.err().contains("6 examples there, 7 examples now"), accepted::err);
    assertTrue(Files.readString(run.resolve("manifest.json")).contains("6 examples there"));
    tiny.start("train", tiny.images(), "run", settings).with(0);
    tiny.image("elsewhere/d/9.png", 78);
    String more = "model.classes=4";
    Ended other = tiny.start("train", tiny.images(), "run", more, settings[2], "--accept-data");
    other.with(2);
  }

  @Test
  void aManifestOfAnEarlierVersionNeedsTheData() throws IOException {
    Path manifest = run.resolve("manifest.json");
    ObjectNode json = StoredManifest.in(manifest).orElseThrow().json();
    ((ObjectNode) json.get("provenance")).remove("data");
    Files.writeString(manifest, json.toString());
    Ended refused = tiny.command("sample", "--run", run).with(2);
    assertTrue(refused.err().contains("--set data.path=PATH"), refused::err);
    String named = "data.path=" + out("elsewhere");
    tiny.command("sample", "--run", run, "--set", named).with(0);
    Object[] export = {"export", "--run", run, "--format", "safetensors", "--output", out("w")};
    tiny.command(export).with(2);
    tiny.command(
            "export", "--run", run, "--format", "safetensors", "--output", out("w"), "--set", named)
        .with(0);
    tiny.command("report", "--run", run, "--set", named).with(0);
  }
}

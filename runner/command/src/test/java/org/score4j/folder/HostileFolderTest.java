package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

/** Run folders that come from somebody else, or hold what a run would not delete. */
class HostileFolderTest {
  @TempDir Path folder;
  private TinyRun tiny;
  private Path victim;

  @BeforeEach
  void prepare() throws IOException {
    tiny = new TinyRun(folder);
    victim = Files.writeString(folder.resolve("victim"), "precious");
  }

  private void link(Path inside) throws IOException {
    Files.createDirectories(inside.getParent());
    Files.deleteIfExists(inside);
    Files.createSymbolicLink(inside, victim);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsWrittenThroughLinks() throws IOException {
    tiny.start("run", tiny.points(), "run").with(0);
    Path run = tiny.run("run");
    String sample = "samples/euler-maruyama-seed-0-count-7.";
    for (String name :
        new String[] {
          "report.html",
          "report.html.tmp",
          "manifest.json.tmp",
          "loss.png",
          sample + "png",
          sample + "png.tmp",
          sample + "safetensors.part",
          sample + "safetensors.tmp",
          "figures/figures.json",
          "figures/score-field.png",
          "figures/figures.json.tmp"
        }) {
      link(run.resolve(name));
    }
    tiny.command("sample", "--run", run, "--count", 7).with(0);
    Files.createSymbolicLink(run.resolve("samples/gone.safetensors"), folder.resolve("nowhere"));
    Ended report = tiny.command("report", "--run", run).with(0);
    assertFalse(report.err().contains("Data and samples"), report::err);
    tiny.start("train", tiny.points(), "run", "training.steps=25").with(0);
    assertEquals("precious", Files.readString(victim));
    assertTrue(Files.isRegularFile(run.resolve(sample + "safetensors")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics.jsonl", ".lock", "events.out.tfevents.score4j", "checkpoints", "samples"})
  @DisabledOnOs(OS.WINDOWS)
  void linksToWhatIsAddedToAreRefused(String name) throws IOException {
    Path run = tiny.run("run");
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(run);
    boolean file = name.contains(".");
    Files.createSymbolicLink(run.resolve(name), file ? victim : elsewhere);
    Ended ended = tiny.start("run", tiny.points(), "run").with(2);
    assertTrue(ended.err().contains(name + ": is a symbolic link"), ended::err);
    assertEquals("precious", Files.readString(victim));
    assertEquals(0, elsewhere.toFile().list().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.jsonl", ".lock", "events.out.tfevents.score4j", "manifest.json"})
  @DisabledOnOs(OS.WINDOWS)
  void pipesAndFoldersInPlaceOfFilesAreRefused(String name) throws Exception {
    Path run = Files.createDirectories(tiny.run("run"));
    Path pipe = run.resolve(name);
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    Ended ended = tiny.start("run", tiny.points(), "run").with(2);
    assertTrue(ended.err().contains(pipe + ": is "), ended::err);
    Files.delete(pipe);
    Files.createDirectory(pipe);
    assertTrue(tiny.start("run", tiny.points(), "run").with(2).err().contains(pipe + ": is "));
    assertTrue(Files.isDirectory(pipe));
  }

  @Test
  void foldersInPlaceOfFilesOfATrainedRunAreRefused() throws IOException {
    tiny.start("run", tiny.points(), "run").with(0);
    Path metrics = tiny.run("run").resolve("metrics.jsonl");
    Files.delete(metrics);
    Files.createDirectory(metrics);
    Ended report = tiny.command("report", "--run", tiny.run("run")).with(2);
    assertTrue(report.err().contains(metrics + ": is not a file"), report::err);
    Files.delete(metrics);
    Path manifest = tiny.run("run").resolve("manifest.json");
    String kept = Files.readString(manifest);
    Files.delete(manifest);
    Files.createDirectory(manifest);
    Ended train = tiny.start("train", tiny.points(), "run").with(2);
    assertTrue(train.err().contains(manifest + ": is a folder"), train::err);
    Files.delete(manifest);
    Files.writeString(manifest, kept);
    Path newest = tiny.checkpoint("run", 20);
    Files.delete(newest);
    Files.createDirectory(newest);
    Ended sample = tiny.command("sample", "--run", tiny.run("run")).with(2);
    assertTrue(sample.err().contains(newest + ": is a folder"), sample::err);
    assertTrue(tiny.start("train", tiny.points(), "run").with(2).err().contains(": is a folder"));
  }

  @Test
  void whatCannotBeReplacedCostsNoRunAndIsToldInWords() throws IOException {
    tiny.start("run", tiny.points(), "run").with(0);
    Path run = tiny.run("run");
    for (String name : new String[] {"loss.png", "report.html", "figures/figures.json"}) {
      Files.deleteIfExists(run.resolve(name));
      Files.createDirectories(run.resolve(name));
    }
    Ended more = tiny.start("train", tiny.points(), "run", "training.steps=25").with(0);
    Ended sample = tiny.command("sample", "--run", run, "--count", 9).with(0);
    assertTrue(more.err().contains("loss.png could not be drawn: "), more::err);
    assertTrue(sample.err().contains("the run continues without its page"), sample::err);
    for (Ended ended : new Ended[] {more, sample}) {
      assertFalse(ended.err().contains("Exception"), ended::err);
      assertFalse(ended.out().contains("page: "), ended::out);
    }
  }

  @Test
  void undoingLeavesWhateverIsOfWorth() throws IOException {
    Path path = folder.resolve("new/run");
    var run = new RunFolder(path);
    try (RunFolder.Lock lock = run.lock()) {
      Path odd = run.checkpoints().folder().resolve("step-\u0660\u0660\u0662.safetensors");
      Files.writeString(odd, "a checkpoint by another name");
      lock.undo();
      assertTrue(Files.exists(odd));
      Files.delete(odd);
      Path own = Files.createDirectories(path.resolve("mine"));
      lock.undo();
      assertTrue(Files.exists(own));
      Files.delete(own);
      Files.writeString(run.manifest(), "{}");
      lock.undo();
      assertFalse(Files.exists(folder.resolve("new")));
    }
  }

  @Test
  void aFolderThatWasThereIsNotUndone() throws IOException {
    Path path = Files.createDirectories(folder.resolve("there"));
    try (RunFolder.Lock lock = new RunFolder(path).lock()) {
      lock.undo();
      assertTrue(Files.exists(path));
    }
  }

  @Test
  void aForeignManifestIsNotOverwritten() throws IOException {
    Path run = Files.createDirectories(tiny.run("web"));
    Path manifest = Files.writeString(run.resolve("manifest.json"), "{\"name\": \"an app\"}");
    Ended ended = tiny.start("run", tiny.points(), "web").with(2);
    assertTrue(ended.err().contains("is not the manifest of a run"), ended::err);
    assertEquals("{\"name\": \"an app\"}", Files.readString(manifest));
  }

  @Test
  void aSavedModelBesideOtherFilesIsNotReplaced() throws IOException {
    tiny.start("run", tiny.points(), "run").with(0);
    Path served = Files.createDirectories(folder.resolve("served"));
    Files.writeString(served.resolve("saved_model.pb"), "old");
    Path notes = Files.writeString(served.resolve("notes.txt"), "mine");
    Object[] export = {
      "export", "--run", tiny.run("run"), "--format", "savedmodel", "--output", served, "--force"
    };
    Ended ended = tiny.command(export).with(2);
    assertTrue(ended.err().contains("holds more than a SavedModel: notes.txt"), ended::err);
    assertEquals("mine", Files.readString(notes));
    Files.delete(notes);
    tiny.command(export).with(0);
    assertTrue(Files.size(served.resolve("saved_model.pb")) > 100);
    assertEquals(
        java.util.List.of("points.json", "run", "served", "victim"),
        java.util.Arrays.stream(folder.toFile().list()).sorted().toList());
  }

  @Test
  void outputsThatCannotBeWrittenAreToldBeforeAnyWork() throws IOException {
    tiny.start("train", tiny.points(), "run").with(0);
    Path run = tiny.run("run");
    assertTrue(
        tiny.command("report", "--run", run, "--output", folder)
            .with(2)
            .err()
            .contains("is a folder"));
    Ended underFile =
        tiny.command("report", "--run", run, "--output", victim.resolve("page.html")).with(2);
    assertFalse(underFile.err().contains("Exception"), underFile::err);
    assertThrows(BadInput.class, () -> new NewOutput(victim, false).checkFile());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void devicesAreNotReplacedByOutputs() throws IOException {
    tiny.start("train", tiny.points(), "run").with(0);
    Path run = tiny.run("run");
    Path device = Path.of("/dev/null");
    Ended ended = tiny.command("report", "--run", run, "--output", device).with(2);
    assertTrue(ended.err().contains("/dev/null: is a device"), ended::err);
    tiny.command("export", "--run", run, "--format", "safetensors", "--output", device, "--force")
        .with(2);
    assertFalse(Files.isRegularFile(device));
  }
}

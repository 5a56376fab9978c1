package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;
import org.score4j.runner.TinyRun;

/** A broken image costs no run. */
class ChangedDataTest {
  private static final String STEPS = "training.steps=20";

  @TempDir Path folder;
  private TinyRun tiny;
  private Path broken;
  private byte[] whole;

  @BeforeEach
  void stopAtABrokenImage() throws IOException {
    tiny = new TinyRun(folder);
    for (int i = 0; i < 12; i++) {
      tiny.image("images/" + (10 + i) + ".png", 20 * i);
    }
    // Which examples the first batch has depends on the seed alone: the first or the last will do.
    for (String name : new String[] {"10", "21", "15"}) {
      broken = folder.resolve("images/" + name + ".png");
      whole = Files.readAllBytes(broken);
      Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
      Ended stopped = again().with(2);
      assertTrue(stopped.err().contains(broken.getFileName().toString()), stopped::err);
      if (stopped.err().contains("give the same command again")) {
        return;
      }
      Files.write(broken, whole);
    }
    throw new AssertionError("all three are in the first batch");
  }

  private Ended again() {
    return tiny.start("train", tiny.images(), "run", STEPS, "checkpoints.every=1");
  }

  @Test
  void theRunGoesOnOnceItIsRepaired() throws IOException {
    again().with(2);
    Files.write(broken, whole);
    Ended ended = again().with(0);
    assertTrue(ended.err().contains("12 examples there, 12 examples now"), ended::err);
    assertTrue(Files.exists(tiny.checkpoint("run", 20)));
    assertEquals(0, again().status());
  }

  @Test
  void theRunGoesOnOnceItIsRemoved() throws IOException {
    Files.delete(broken);
    Ended ended = again().with(0);
    assertTrue(ended.err().contains("12 examples there, 11 examples now"), ended::err);
    tiny.command("sample", "--run", tiny.run("run")).with(0);
    Files.write(broken, whole);
    String metric = "evaluation=[\"sliced-wasserstein\"]";
    Ended measured = tiny.command("evaluate", "--run", tiny.run("run"), "--set", metric).with(0);
    assertTrue(measured.err().contains("12 examples now, 11 examples then"), measured::err);
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.runner.InProcess.Ended;

/** What commands that come after a run say and write. */
class LaterCommandsTest {
  @TempDir static Path folder;
  private static TinyRun tiny;
  private static Path run;

  @BeforeAll
  static void runOnce() {
    tiny = new TinyRun(folder);
    run = tiny.run("run");
    tiny.start("run", tiny.points(), "run").with(0);
  }

  @Test
  void aReportIsMadeAgain() throws IOException {
    Path page = folder.resolve("page.html");
    Ended anew = tiny.command("report", "--run", run, "--output", page).with(0);
    assertEquals("page: page.html", anew.within(folder).out().strip());
    assertTrue(Files.readString(page).contains("Score field"));
  }

  @Test
  void otherSamplesAreDrawn() {
    Ended other = tiny.command("sample", "--run", run, "--count", 3, "--seed", 7).with(0);
    Path chosen = Path.of("run", "samples", "euler-maruyama-seed-7-count-3.safetensors");
    assertEquals(
        "3 samples, 3 network evaluations each: " + chosen, other.within(folder).outLines().get(0));
    assertTrue(Files.exists(folder.resolve(chosen)));
  }

  @Test
  void aFilmIsMadeOnce() throws IOException {
    Path film = folder.resolve("a.gif");
    Ended animated =
        tiny.command("animate", "--run", run, "--frames", 3, "--output", film, "--json").with(0);
    assertTrue(animated.out().contains("\"frames\" : 3"), animated::out);
    assertTrue(Files.size(film) > 1000);
    String all = (animated.out() + animated.err()).replace(System.lineSeparator(), "\n");
    assertFalse(all.chars().anyMatch(c -> c == '\r' || c == 27), all);
    Ended refused = tiny.command("animate", "--run", run, "--frames", 1, "--output", film).with(2);
    assertEquals(List.of("--frames: must lie between 2 and 1000, found 1"), refused.errLines());
    Ended there = tiny.command("animate", "--run", run, "--output", film).with(2);
    assertTrue(there.within(folder).err().startsWith("a.gif: exists; "), there::err);
  }

  @Test
  void aRunThatIsTrainedIsLeftAlone() {
    Ended again = tiny.start("train", tiny.points(), "run").with(0);
    assertTrue(again.errLines().contains("already trained to step 20"), again::err);
  }
}

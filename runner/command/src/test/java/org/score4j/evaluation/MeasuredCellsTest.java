package org.score4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Metric.Interval;
import org.score4j.api.Metric.Measurement;

class MeasuredCellsTest {
  private static final Map<String, Object> KEY =
      Map.of("run", "runs/a", "step", 3000L, "settings", List.of("sampler.steps=10"));
  private static final Measurement FID =
      new Measurement("fid", 0.1 + 0.2, Optional.of(new Interval(0.1, 1.0 / 3)));
  private static final Measurement MMD = new Measurement("mmd", -1e-17);

  @TempDir private Path folder;

  private static Measurement again() {
    return fail("measured again");
  }

  @Test
  void whatWasMeasuredIsNotMeasuredAgain() {
    var cells = new MeasuredCells(folder.resolve("cells.jsonl"));
    assertEquals(FID, cells.get(KEY, () -> FID));
    var later = new MeasuredCells(folder.resolve("cells.jsonl"));
    assertEquals(FID, later.get(KEY, MeasuredCellsTest::again));
  }

  @Test
  void aFurtherTrainedModelIsMeasuredAnew() {
    var cells = new MeasuredCells(folder.resolve("cells.jsonl"));
    cells.get(KEY, () -> FID);
    var further = Map.of("run", "runs/a", "step", 4000L, "settings", KEY.get("settings"));
    assertEquals(MMD, cells.get(further, () -> MMD));
    assertEquals(MMD, cells.get(further, MeasuredCellsTest::again));
    assertEquals(FID, cells.get(KEY, MeasuredCellsTest::again));
  }

  @Test
  void aLineCutShortByAKillIsMeasuredAnew() throws IOException {
    Path file = folder.resolve("cells.jsonl");
    var cells = new MeasuredCells(file);
    cells.get(KEY, () -> FID);
    String line = Files.readString(file);
    Files.writeString(file, line.substring(0, line.length() / 2));
    assertEquals(MMD, cells.get(KEY, () -> MMD));
    assertEquals(MMD, cells.get(KEY, MeasuredCellsTest::again));
  }
}

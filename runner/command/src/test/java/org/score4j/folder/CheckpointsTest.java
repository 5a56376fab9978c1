package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.tensorflow.ndarray.Shape;

class CheckpointsTest {
  @TempDir Path folder;
  private Checkpoints checkpoints;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder);
  }

  private void write(long... steps) {
    for (long step : steps) {
      Map<String, String> metadata = new TrainingState(step, 0, "").metadata("{}", 7, "", 5 * step);
      var writer = new TensorFile.Writer(checkpoints.of(step), metadata);
      writer.add("model/w", Shape.of(3), () -> new float[] {1, 2, step});
      writer.write();
    }
  }

  private void damage(long step, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoints.of(step));
    bytes[(int) (position < 0 ? bytes.length + position : position)] ^= 4;
    Files.write(checkpoints.of(step), bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theNewestIsTheOneOfTheLargestStep() {
    write(9, 100_000_000_000L, 10);
    assertEquals(100_000_000_000L, checkpoints.newestStep());
    var state = TrainingState.of(checkpoints.newest(told::add).orElseThrow());
    assertEquals(100_000_000_000L, state.step());
    assertEquals(List.of(), told);
  }

  @Test
  void aDamagedOneFallsBackToTheOneBefore() throws IOException {
    write(1, 2, 3);
    damage(3, -1);
    damage(2, 60);
    assertEquals(1, TrainingState.of(checkpoints.newest(told::add).orElseThrow()).step());
    assertEquals(2, told.size());
    assertTrue(
        told.get(0)
            .endsWith(
                "step-00000003.safetensors: is damaged: its checksum does not fit; the checkpoint"
                    + " before it is used: step-00000002.safetensors"),
        told.get(0));
    checkpoints.setAsideAfter(1);
    assertEquals(
        List.of(
            "step-00000001.safetensors",
            "step-00000002.safetensors.damaged",
            "step-00000003.safetensors.damaged"),
        names());
  }

  @Test
  void ifAllAreDamagedThatIsAnErrorAndNoFreshStart() throws IOException {
    write(1, 2);
    damage(1, -1);
    damage(2, -1);
    assertThrows(TensorFileException.class, () -> checkpoints.newest(told::add));
  }

  @Test
  void everyByteIsCoveredByTheChecksum() throws IOException {
    write(5);
    byte[] sound = Files.readAllBytes(checkpoints.of(5));
    checkpoints.newest(told::add);
    for (int i = 0; i < sound.length; i++) {
      for (int bit : new int[] {1, 16, 128}) {
        byte[] damaged = sound.clone();
        damaged[i] ^= (byte) bit;
        Files.write(checkpoints.of(5), damaged);
        String where = "byte " + i + " of " + sound.length;
        assertThrows(TensorFileException.class, () -> checkpoints.newest(told::add), where);
      }
    }
  }

  @Test
  void theLastAndThoseOfRoundStepsAreKept() throws IOException {
    write(10, 20, 25, 30, 35, 40);
    checkpoints.keep(2, 20);
    assertEquals(
        List.of(
            "step-00000020.safetensors", "step-00000035.safetensors", "step-00000040.safetensors"),
        names());
    checkpoints.keep(1, 0);
    assertEquals(List.of("step-00000040.safetensors"), names());
  }

  @Test
  void whatWasLeftHalfWrittenIsNoCheckpoint() throws IOException {
    var run = new RunFolder(folder.resolve("run"));
    Files.createDirectories(run.checkpoints().folder());
    checkpoints = run.checkpoints();
    write(3);
    Path half =
        Files.writeString(checkpoints.folder().resolve("step-00000004.safetensors.12.tmp"), "half");
    assertEquals(3, checkpoints.newestStep());
    run.lock().close();
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(checkpoints.of(3)));
    assertFalse(new Checkpoints(folder.resolve("none")).newest(told::add).isPresent());
  }

  @Test
  void aFolderInPlaceOfOneIsTold() throws IOException {
    write(10);
    Files.createDirectory(checkpoints.of(20));
    assertEquals(10, TrainingState.of(checkpoints.newest(told::add).orElseThrow()).step());
    assertEquals(
        List.of(checkpoints.of(20) + ": is a folder, not a checkpoint; it is passed over"), told);
  }

  @Test
  void aRenamedOneIsWhatItHolds() throws IOException {
    write(10, 20);
    Files.move(checkpoints.of(20), checkpoints.of(23));
    assertEquals(20, checkpoints.newestStep());
    assertEquals(checkpoints.of(23), checkpoints.newestFile().orElseThrow());
    assertEquals(20, TrainingState.of(checkpoints.newest(told::add).orElseThrow()).step());
    assertEquals(
        List.of(checkpoints.of(23) + ": holds step 20, whatever its name says; it is used as that"),
        told);
    checkpoints.setAsideAfter(20);
    assertEquals(List.of("step-00000010.safetensors", "step-00000023.safetensors"), names());
  }

  @Test
  void anOldOneUnderALaterNameIsNotNewer() throws IOException {
    write(10, 20);
    Files.copy(checkpoints.of(10), checkpoints.of(30));
    assertEquals(20, TrainingState.of(checkpoints.newest(told::add).orElseThrow()).step());
    assertEquals(List.of(), told);
  }
}

package org.score4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.engine.graph.Snapshot;
import org.score4j.folder.Checkpoints;

@Timeout(30)
class CheckpointWriterTest {
  @TempDir Path folder;
  private final List<Long> complete = new ArrayList<>();

  private CheckpointWriter writer() {
    return new CheckpointWriter(
        new Checkpoints(folder), 2, 0, 5, (step, file) -> complete.add(step));
  }

  /** A snapshot whose file is written once the latch is open. */
  private static Snapshot snapshot(CountDownLatch open, List<Path> written) {
    Snapshot snapshot = mock(Snapshot.class);
    when(snapshot.notFinite()).thenReturn(Optional.empty());
    doAnswer(
            call -> {
              open.await();
              Path file = call.getArgument(0);
              written.add(Files.writeString(file, "x"));
              return null;
            })
        .when(snapshot)
        .write(any(), any());
    return snapshot;
  }

  @Test
  void trainingGoesOnWhileOneIsWrittenAndTheNextWaits() {
    CountDownLatch open = new CountDownLatch(1);
    List<Path> written = new CopyOnWriteArrayList<>();
    Snapshot first = snapshot(open, written);
    try (CheckpointWriter writer = writer()) {
      writer.begin(first, 10, Map.of());
      writer.check();
      assertEquals(List.of(), written);
      assertEquals(5, writer.saved());
      open.countDown();
      writer.begin(snapshot(open, written), 20, Map.of());
      assertTrue(writer.saved() >= 10);
      verify(first).close();
      assertEquals(List.of(10L), complete);
      writer.finish();
      assertEquals(20, writer.saved());
      assertEquals(List.of(10L, 20L), complete);
    }
    Checkpoints checkpoints = new Checkpoints(folder);
    assertEquals(List.of(checkpoints.of(10), checkpoints.of(20)), written);
  }

  @Test
  void aFailureIsToldAndTheSnapshotClosed() {
    Snapshot snapshot = mock(Snapshot.class);
    when(snapshot.notFinite()).thenReturn(Optional.empty());
    doAnswer(
            call -> {
              throw new UncheckedIOException("cannot write it", new IOException("full"));
            })
        .when(snapshot)
        .write(any(), any());
    try (CheckpointWriter writer = writer()) {
      writer.begin(snapshot, 10, Map.of());
      assertEquals(
          "cannot write it", assertThrows(UncheckedIOException.class, writer::finish).getMessage());
      assertEquals(5, writer.saved());
      writer.finish();
      assertEquals(List.of(), complete);
    }
    verify(snapshot).close();
  }

  @Test
  void numbersThatAreNotFiniteAreNotSaved() {
    Snapshot snapshot = mock(Snapshot.class);
    when(snapshot.notFinite()).thenReturn(Optional.of("ema/w"));
    try (CheckpointWriter writer = writer()) {
      writer.begin(snapshot, 10, Map.of());
      var failure = assertThrows(TrainingFailure.class, writer::finish);
      assertTrue(
          failure
              .getMessage()
              .startsWith("step 10: ema/w is not finite; the checkpoint of step 5 is kept"),
          failure.getMessage());
    }
    assertTrue(new Checkpoints(folder).isEmpty());
  }
}

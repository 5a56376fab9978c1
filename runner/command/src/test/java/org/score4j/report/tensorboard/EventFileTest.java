package org.score4j.report.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

class EventFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("events.out.tfevents.test");
  }

  private void add(long resumed, long... steps) {
    try (EventFile events = EventFile.continueAfter(file(), resumed)) {
      for (long step : steps) {
        var loss = Summary.Value.newBuilder().setTag("loss").setSimpleValue(1f / step).build();
        events.add(step, List.of(loss));
      }
    }
  }

  private List<Long> steps() {
    return EventFile.read(file()).stream().map(Event::getStep).toList();
  }

  @Test
  void aFileBeginsWithItsVersionAsTensorFlowWritesIt() throws IOException {
    add(0);
    Event version = EventFile.read(file()).get(0);
    assertEquals("brain.Event:2", version.getFileVersion());
    // The first record of every event file of TensorFlow: 24 bytes of event, and the checksum of
    // that length. Its own checksum depends on the time.
    byte[] head = Arrays.copyOf(Files.readAllBytes(file()), 12);
    byte[] expected = {24, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22};
    assertArrayEquals(expected, head);
  }

  @Test
  void eventsComeBackInOrder() {
    add(0, 10, 20, 30);
    assertEquals(List.of(0L, 10L, 20L, 30L), steps());
    assertEquals(0.05f, EventFile.read(file()).get(2).getSummary().getValue(0).getSimpleValue());
  }

  @Test
  void whatLiesBeyondTheStepIsCut() {
    add(0, 10, 20, 30, 40);
    add(20, 30, 40, 50);
    assertEquals(List.of(0L, 10L, 20L, 30L, 40L, 50L), steps());
  }

  @Test
  void aRecordThatWasNotFinishedIsCut() throws IOException {
    add(0, 10, 20);
    byte[] whole = Files.readAllBytes(file());
    for (int lost = 1; lost < 30; lost++) {
      Files.write(file(), Arrays.copyOf(whole, whole.length - lost));
      add(20, 30);
      assertEquals(List.of(0L, 10L, 30L), steps(), lost + " bytes lost");
    }
  }

  @Test
  void aRecordWithADamagedByteIsPassedOver() throws IOException {
    add(0, 10, 20, 30);
    byte[] whole = Files.readAllBytes(file());
    int each = (whole.length - 40) / 3;
    for (int i = 1; i <= each; i++) {
      byte[] bytes = whole.clone();
      bytes[bytes.length - each - i] ^= 1;
      Files.write(file(), bytes, StandardOpenOption.TRUNCATE_EXISTING);
      assertEquals(List.of(0L, 10L, 30L), steps());
      add(30, 40);
      assertEquals(List.of(0L, 10L, 30L, 40L), steps());
      add(10, 50);
      assertEquals(List.of(0L, 10L, 50L), steps());
    }
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.score4j.report.tensorboard.EventTexts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run has left in its folder. */
record RunFiles(Path folder) {
  /** Bytes of a batch's checksum in an unfinished file. */
  private static final int PART_SUM = 16;

  /** The step of the newest checkpoint, 0 if there is none. */
  long newestStep() {
    return names("checkpoints").stream()
        .filter(name -> name.endsWith(".safetensors"))
        .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
        .max()
        .orElse(0);
  }

  /** The files of a folder inside, in order. */
  List<String> names(String inner) {
    if (!Files.isDirectory(folder.resolve(inner))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve(inner))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Bytes of the samples in a file that is not finished, as far as they have a checksum behind the
   * file's end to be; 0 if there is none.
   */
  long partlyDrawn() {
    Optional<String> part = names("samples").stream().filter(n -> n.endsWith(".part")).findAny();
    if (part.isEmpty()) {
      return 0;
    }
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve("samples").resolve(part.get())))
              .order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.limit() < Long.BYTES) {
        return 0;
      }
      int header = (int) bytes.getLong(0);
      int begin = Long.BYTES + header;
      if (header == 0 || bytes.limit() < begin) {
        return 0;
      }
      JsonNode tensors = JsonMapper.shared().readTree(bytes.array(), Long.BYTES, header);
      int end = begin + tensors.get("samples").get("data_offsets").get(1).asInt();
      int sums = Math.max(0, bytes.limit() - end) / PART_SUM;
      return sums == 0 ? 0 : bytes.getLong(end + (sums - 1) * PART_SUM) - begin;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of metrics.jsonl. */
  List<JsonNode> metrics() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl")).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  /** The number that the last line of metrics.jsonl gives for a metric. */
  double measured(String metric) throws IOException {
    List<JsonNode> lines = metrics();
    return lines.get(lines.size() - 1).required(metric).asDouble();
  }

  /** Holds the same checkpoints and the same samples, bit for bit, and nothing half-written. */
  void assertSameBits(RunFiles other) throws IOException {
    for (String inner : List.of("checkpoints", "samples")) {
      assertEquals(other.names(inner), names(inner));
      for (String name : names(inner)) {
        Path mine = folder.resolve(inner).resolve(name);
        Path theirs = other.folder.resolve(inner).resolve(name);
        assertEquals(-1, Files.mismatch(theirs, mine), () -> mine + " differs from " + theirs);
      }
    }
  }

  /** Logged the same losses, at the same steps, once each; and so for TensorBoard, if at all. */
  void assertSameLosses(RunFiles other) throws IOException {
    assertEquals(other.losses(), losses());
    Path events = Path.of("events.out.tfevents.score4j");
    assertEquals(Files.exists(other.folder.resolve(events)), Files.exists(folder.resolve(events)));
    if (Files.exists(folder.resolve(events))) {
      assertEquals(
          EventTexts.of(other.folder.resolve(events)), EventTexts.of(folder.resolve(events)));
    }
  }

  private TreeMap<Long, Double> losses() throws IOException {
    TreeMap<Long, Double> losses = new TreeMap<>();
    for (JsonNode line : metrics()) {
      if (line.has("loss")) {
        Double twice = losses.put(line.get("step").asLong(), line.get("loss").asDouble());
        assertEquals(null, twice, () -> "two lines for one step in " + folder);
      }
    }
    return losses;
  }
}

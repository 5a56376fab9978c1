package org.score4j.folder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.score4j.format.FileFailure;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of a {@code metrics.jsonl}, byte for byte, with what those mean that can be read: JSON
 * objects whose known keys have values of their kind. Nothing that a run computes depends on them,
 * so that a broken line costs no more than itself.
 *
 * @param lines in the order of the file; blank ones are left out
 * @param complete whether the last one ends in a line feed
 */
record LogLines(List<Line> lines, boolean complete) {
  private static final Set<String> WHOLE =
      Set.of("step", "samples", "seed", "evaluations", "peakMemoryBytes");
  private static final Set<String> NUMBERS =
      Set.of("loss", "gradientNorm", "learningRate", "stepsPerSecond", "seconds");
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  /**
   * One line.
   *
   * @param bytes without the line feed
   * @param json what it means; empty if it is broken
   */
  record Line(byte[] bytes, Optional<JsonNode> json) {}

  /**
   * Reads a file; no lines if there is none.
   *
   * @throws BadInput if it is a folder or a pipe, which would be waited for forever
   */
  static LogLines of(Path file) {
    if (!Files.exists(file)) {
      return new LogLines(List.of(), true);
    }
    if (!Files.isRegularFile(file)) {
      throw new BadInput(file + ": is not a file; delete it or move it away");
    }
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= all.length; end++) {
      if (end == all.length || all[end] == '\n') {
        ByteBuffer line = ByteBuffer.wrap(all, start, end - start);
        if (line.hasRemaining()) {
          lines.add(line(line));
        }
        start = end + 1;
      }
    }
    return new LogLines(lines, all.length == 0 || all[all.length - 1] == '\n');
  }

  private static Line line(ByteBuffer line) {
    byte[] bytes = new byte[line.remaining()];
    line.duplicate().get(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(line).toString();
      return new Line(
          bytes, Optional.of(JsonMapper.shared().readTree(text)).filter(LogLines::isSound));
    } catch (CharacterCodingException | JacksonException e) {
      return new Line(bytes, Optional.empty());
    }
  }

  private static boolean isSound(JsonNode line) {
    return line.isObject()
        && line.propertyStream()
            .allMatch(
                key ->
                    WHOLE.contains(key.getKey())
                        ? key.getValue().isIntegralNumber() && key.getValue().canConvertToLong()
                        : !NUMBERS.contains(key.getKey()) || isNumber(key.getValue()));
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || value.isString() && NOT_FINITE.contains(value.asString());
  }

  /** What can be read. */
  List<JsonNode> sound() {
    return lines.stream().flatMap(line -> line.json().stream()).toList();
  }

  /** How many lines cannot be read. */
  long broken() {
    return lines.stream().filter(line -> line.json().isEmpty()).count();
  }

  /**
   * The file without the lines of later steps, and without a last line that a killed process did
   * not finish. Broken lines stay as they are.
   */
  byte[] upTo(long step) {
    var kept = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean cut = !complete && i == lines.size() - 1;
      if (line.json().map(json -> json.path("step").asLong(Long.MAX_VALUE) <= step).orElse(!cut)) {
        kept.writeBytes(line.bytes());
        kept.write('\n');
      }
    }
    return kept.toByteArray();
  }
}

package org.score4j.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.score4j.format.AsideFile;
import org.score4j.format.FileFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code metrics.jsonl}: one JSON object a line, in order of steps. */
public final class MetricsLog implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final FileChannel channel;

  private MetricsLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the log to go on after a step; what a run that was killed wrote beyond its last
   * checkpoint is dropped.
   */
  public static MetricsLog continueAfter(Path file, long step) {
    byte[] kept = LogLines.of(file).upTo(step);
    AsideFile.write(file, out -> out.write(kept));
    return open(file);
  }

  /** Opens the log to add to it, behind a last line that was not finished. */
  public static MetricsLog open(Path file) {
    boolean complete = LogLines.of(file).complete();
    try {
      var log =
          new MetricsLog(
              file,
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND,
                  LinkOption.NOFOLLOW_LINKS));
      if (!complete) {
        log.write("\n");
      }
      return log;
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  /** Every line of a log that can be read; none if there is no such file. */
  public static List<JsonNode> read(Path file) {
    return LogLines.of(file).sound();
  }

  /** Adds a line, at once on its way to the disk. */
  public void add(Map<String, Object> line) {
    try {
      write(JSON.writeValueAsString(line) + "\n");
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns once everything is on the disk. */
  public void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }
}

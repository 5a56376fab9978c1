package org.score4j.report.tensorboard;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.score4j.format.FileFailure;
import org.score4j.format.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * TensorBoard's event file: records of TensorFlow's TFRecord format,
 *
 * <pre>  length (8 bytes), masked CRC-32C of it (4), an Event, masked CRC-32C of that (4),</pre>
 *
 * little endian, where the mask turns a checksum right by 15 bits and adds a282ead8 (hexadecimal).
 */
final class EventFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
  private static final int HEAD_BYTES = 12;
  private static final int TAIL_BYTES = 4;
  private static final int MASK = 0xa282ead8;
  private static final int MOST_BYTES = 1 << 28;

  private final Path path;
  private final FileChannel channel;

  private EventFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file, made if there is none, to go on after a step: it is cut where the first event of
   * a later step begins, or one that a killed process did not finish. Damaged records before others
   * stay where they are.
   */
  static EventFile continueAfter(Path path, long step) {
    try {
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      EventFile file = new EventFile(path, channel);
      long end = 0;
      channel.position(0);
      Optional<Event> event = file.next();
      while (event.isPresent() && event.get().getStep() <= step) {
        end = channel.position();
        event = file.next();
      }
      channel.truncate(end).position(end);
      if (end == 0) {
        file.write(Event.newBuilder().setWallTime(now()).setFileVersion("brain.Event:2").build());
      }
      return file;
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  /** Every whole event of a file, in order. */
  static List<Event> read(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      EventFile file = new EventFile(path, channel);
      List<Event> events = new ArrayList<>();
      for (var event = file.next(); event.isPresent(); event = file.next()) {
        events.add(event.get());
      }
      return events;
    } catch (IOException e) {
      throw FileFailure.reading(path, e);
    }
  }

  /** The next whole event from the channel's position on; empty if there is none. */
  private Optional<Event> next() throws IOException {
    long first = channel.position();
    for (long start = first; start + HEAD_BYTES <= channel.size(); start++) {
      channel.position(start);
      Optional<Event> event = here();
      if (event.isPresent()) {
        if (start > first) {
          LOG.warn(
              "{}: bytes {} to {} are damaged; TensorBoard may show nothing behind them",
              path,
              first,
              start - 1);
        }
        return event;
      }
    }
    return Optional.empty();
  }

  /** The event at the channel's position; empty if there is no whole one. */
  private Optional<Event> here() throws IOException {
    Optional<ByteBuffer> head = bytes(HEAD_BYTES);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    long length = head.get().getLong(0);
    if (head.get().getInt(Long.BYTES) != masked(head.get().slice(0, Long.BYTES))
        || length < 0
        || length > Math.min(MOST_BYTES, channel.size() - channel.position() - TAIL_BYTES)) {
      return Optional.empty();
    }
    Optional<ByteBuffer> body = bytes((int) length + TAIL_BYTES);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer event = body.get().slice(0, (int) length);
    if (body.get().getInt((int) length) != masked(event.duplicate())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Event.parseFrom(event));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private Optional<ByteBuffer> bytes(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(bytes.flip());
  }

  /** Adds an event. */
  void add(long step, List<Summary.Value> values) {
    if (values.isEmpty()) {
      return;
    }
    try {
      write(
          Event.newBuilder()
              .setWallTime(now())
              .setStep(step)
              .setSummary(Summary.newBuilder().addAllValue(values))
              .build());
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private void write(Event event) throws IOException {
    byte[] data = event.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(HEAD_BYTES + data.length + TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.slice(0, Long.BYTES)));
    record.put(data).putInt(masked(ByteBuffer.wrap(data))).flip();
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  private static int masked(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    int value = (int) sum.getValue();
    return Integer.rotateRight(value, 15) + MASK;
  }

  /** Returns once everything is on the disk. */
  void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(FileFault.reason(e), e);
    }
  }
}

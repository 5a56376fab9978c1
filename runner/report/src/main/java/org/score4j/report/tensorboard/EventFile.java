package org.score4j.report.tensorboard;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.format.FileFailure;
import org.score4j.format.FileFault;
import org.score4j.format.RecordFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** TensorBoard's event file: events in {@link RecordFrame}s. */
final class EventFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
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
    for (long start = first; start + RecordFrame.HEAD <= channel.size(); start++) {
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
    Optional<byte[]> head = bytes(RecordFrame.HEAD);
    OptionalLong length = head.map(RecordFrame::length).orElse(OptionalLong.empty());
    long most = Math.min(MOST_BYTES, channel.size() - channel.position() - RecordFrame.FOOT);
    if (length.isEmpty() || length.getAsLong() < 0 || length.getAsLong() > most) {
      return Optional.empty();
    }
    int size = (int) length.getAsLong();
    Optional<byte[]> stored = bytes(size + RecordFrame.FOOT).filter(RecordFrame::isIntact);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Event.parseFrom(ByteBuffer.wrap(stored.get(), 0, size)));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> bytes(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(bytes.array());
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
    ByteBuffer record = RecordFrame.of(event.toByteArray());
    while (record.hasRemaining()) {
      channel.write(record);
    }
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

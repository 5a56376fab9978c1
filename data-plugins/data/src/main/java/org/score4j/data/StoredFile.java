package org.score4j.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.score4j.api.InvalidValueException;
import org.score4j.format.FileFault;

/**
 * A file that is read by position, from any thread, however large it is.
 *
 * @param component the recipe key that led to the file, for errors
 */
record StoredFile(String component, Path path, FileChannel channel, long length)
    implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  /**
   * Opens a file.
   *
   * @throws InvalidValueException if it cannot be read
   */
  static StoredFile open(String component, Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InvalidValueException(
          component,
          path + ": " + (Files.exists(path) ? "not a plain file" : "no such file"),
          "must name a file");
    }
    try {
      FileChannel channel = FileChannel.open(path);
      return new StoredFile(component, path, channel, channel.size());
    } catch (IOException e) {
      throw new InvalidValueException(
          component, path + ": " + FileFault.reason(e), "must be a readable file");
    }
  }

  /**
   * Fills a buffer from a position on.
   *
   * @throws InvalidValueException if the file ends before
   */
  void read(long position, ByteBuffer into) {
    try {
      long from = position;
      while (into.hasRemaining()) {
        int count = channel.read(into, from);
        if (count < 0) {
          throw new EOFException("the end of the file too early");
        }
        from += count;
      }
    } catch (EOFException e) {
      throw fault(e.getMessage(), "must be a whole file");
    } catch (IOException e) {
      throw fault(FileFault.reason(e), "must be a readable file");
    }
  }

  /** Some bytes from a position on; the caller has checked how many. */
  byte[] bytes(long position, int count) {
    byte[] bytes = new byte[count];
    read(position, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Adds the content from a position on: all of it if the file is not larger than {@code small};
   * else its length, its first and last mebibyte, and the time of its last change.
   */
  void addTo(Fingerprint fingerprint, long from, long small) {
    fingerprint.with(length - from);
    if (length <= small) {
      add(fingerprint, from, length);
      return;
    }
    add(fingerprint, from, from + BLOCK);
    add(fingerprint, length - BLOCK, length);
    try {
      fingerprint.with(Files.getLastModifiedTime(path).toMillis());
    } catch (IOException e) {
      throw fault(FileFault.reason(e), "must be a readable file");
    }
  }

  private void add(Fingerprint fingerprint, long from, long to) {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BLOCK, to - from));
    for (long position = from; position < to; position += BLOCK) {
      read(position, buffer.clear().limit((int) Math.min(BLOCK, to - position)));
      fingerprint.with(buffer.flip());
    }
  }

  /** What to throw when something about the file is wrong. */
  InvalidValueException fault(String found, String rule) {
    return new InvalidValueException(component, path + ": " + found, rule);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read: nothing is lost.
      return;
    }
  }
}

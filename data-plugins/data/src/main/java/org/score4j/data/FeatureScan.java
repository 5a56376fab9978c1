package org.score4j.data;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.tensorflow.proto.Feature;

/**
 * Finds a feature of a {@code tf.train.Example} in a file without reading the others, which may be
 * large images:
 *
 * <pre>
 *   Example  { Features features = 1 }
 *   Features { map&lt;string, Feature&gt; feature = 1 }    each entry { string key = 1, Feature value = 2 }
 * </pre>
 */
final class FeatureScan {
  private static final int MESSAGE = 2;
  private static final int FIRST = 1 << 3 | MESSAGE;
  private static final int SECOND = 2 << 3 | MESSAGE;

  /** Most of what surrounds a feature's value fits. */
  private static final int BUFFER = 256;

  private final CodedInputStream in;
  private final String name;
  private Optional<Feature> found = Optional.empty();

  private FeatureScan(CodedInputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * The feature of that name; empty if there is none. Checksums are not checked.
   *
   * @throws IOException if the bytes are no example
   */
  static Optional<Feature> find(StoredFile file, long position, int length, String name)
      throws IOException {
    var scan =
        new FeatureScan(
            CodedInputStream.newInstance(new Section(file, position, position + length), BUFFER),
            name);
    scan.each(FIRST, () -> scan.each(FIRST, scan::entry));
    return scan.found;
  }

  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  /** Reads each message of one tag to its end, and skips the other fields. */
  private void each(int tag, Reading reading) throws IOException {
    int next;
    while ((next = in.readTag()) != 0) {
      if (next == tag) {
        int limit = in.pushLimit(in.readRawVarint32());
        reading.read();
        in.checkLastTagWas(0);
        in.popLimit(limit);
      } else if (!in.skipField(next)) {
        throw new IOException("no tf.train.Example");
      }
    }
  }

  private void entry() throws IOException {
    boolean named = name.isEmpty();
    int next;
    while ((next = in.readTag()) != 0) {
      if (next == FIRST) {
        named = in.readStringRequireUtf8().equals(name);
      } else if (next == SECOND && named) {
        found = Optional.of(Feature.parseFrom(in.readByteArray()));
      } else if (!in.skipField(next)) {
        throw new IOException("no tf.train.Example");
      }
    }
  }

  /** A part of a file, whose skipped bytes are not read. */
  private static final class Section extends InputStream {
    private final StoredFile file;
    private final long end;
    private long at;

    Section(StoredFile file, long at, long end) {
      this.file = file;
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int count = (int) Math.min(length, end - at);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      file.read(at, ByteBuffer.wrap(into, from, count));
      at += count;
      return count;
    }

    @Override
    public long skip(long bytes) {
      long count = Math.max(0, Math.min(bytes, end - at));
      at += count;
      return count;
    }
  }
}

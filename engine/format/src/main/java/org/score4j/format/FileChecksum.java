package org.score4j.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A CRC-32C of a whole file that stands in the file's own JSON header, as eight hexadecimal digits.
 * It is that of the file with zeros for these digits.
 *
 * @param position of the digits in the file
 * @param digits what stands there
 */
record FileChecksum(long position, String digits) {
  /** The key of the text that ends in the digits. */
  static final String KEY = "checksum";

  private static final String TYPE = "crc32c ";
  private static final String ZEROS = "00000000";

  /** The text before the checksum is known. */
  static final String NONE = TYPE + ZEROS;

  private static final int FRAME_BYTES = 8;
  private static final int CHUNK_BYTES = 1 << 20;

  /**
   * Finds it in a header.
   *
   * @param header the JSON alone, or after eight bytes of its length
   * @param text the value of its key; null if there is none
   */
  static Optional<FileChecksum> in(ByteBuffer header, String text) {
    if (text == null || !text.matches(TYPE + "[0-9a-f]{8}")) {
      return Optional.empty();
    }
    String json = StandardCharsets.ISO_8859_1.decode(header.duplicate()).toString();
    int start = json.indexOf('"' + KEY + "\":\"" + text + '"');
    if (start < 0) {
      return Optional.empty();
    }
    int frame = json.startsWith("{") ? FRAME_BYTES : 0;
    int digits = start + KEY.length() + 4 + TYPE.length();
    return Optional.of(new FileChecksum(frame + digits, text.substring(TYPE.length())));
  }

  /** The digits that a file should have in this place. */
  ByteBuffer of(FileChannel file) throws IOException {
    return of(file, file.size());
  }

  /** The same of a file that is going to end somewhere. */
  ByteBuffer of(FileChannel file, long end) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    add(sum, file, chunk, 0, position);
    sum.update(ZEROS.getBytes(StandardCharsets.US_ASCII));
    add(sum, file, chunk, position + ZEROS.length(), end);
    return StandardCharsets.US_ASCII.encode(String.format(Locale.ROOT, "%08x", sum.getValue()));
  }

  /** Replaces the digits in a file's first bytes by those of a checksum that is not known. */
  void clear(ByteBuffer start) {
    start.put((int) position, ZEROS.getBytes(StandardCharsets.US_ASCII));
  }

  /** The checksum of a part of a file, as much of it as there is. */
  static int of(FileChannel file, long from, long to) throws IOException {
    CRC32C sum = new CRC32C();
    add(sum, file, ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - from)), from, to);
    return (int) sum.getValue();
  }

  /** The checksum that a file's first bytes hold in this place. */
  FileChecksum in(ByteBuffer start) {
    byte[] found = new byte[ZEROS.length()];
    start.get((int) position, found);
    return new FileChecksum(position, new String(found, StandardCharsets.ISO_8859_1));
  }

  /** Fills a buffer from a place on, as far as the file goes. */
  static void read(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    long next = position;
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = file.read(bytes, next);
      next += count;
    }
  }

  /** Whether a file has this checksum. */
  boolean holds(FileChannel file) throws IOException {
    return StandardCharsets.ISO_8859_1.encode(digits).equals(of(file));
  }

  private static void add(CRC32C sum, FileChannel file, ByteBuffer chunk, long from, long to)
      throws IOException {
    long next = from;
    while (next < to) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), to - next));
      int count = file.read(chunk, next);
      if (count < 0) {
        return;
      }
      sum.update(chunk.flip());
      next += count;
    }
  }
}

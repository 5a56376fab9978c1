package org.score4j.engine;

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
    CRC32C sum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    add(sum, file, chunk, 0, position);
    sum.update(ZEROS.getBytes(StandardCharsets.US_ASCII));
    add(sum, file, chunk, position + ZEROS.length(), file.size());
    return StandardCharsets.US_ASCII.encode(String.format(Locale.ROOT, "%08x", sum.getValue()));
  }

  /** Replaces the digits in a file's first bytes by those of a checksum that is not known. */
  void clear(ByteBuffer start) {
    if (start.limit() >= position + ZEROS.length()) {
      start.put((int) position, ZEROS.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Whether a file has this checksum. */
  boolean holds(FileChannel file) throws IOException {
    return StandardCharsets.US_ASCII.encode(digits).equals(of(file));
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

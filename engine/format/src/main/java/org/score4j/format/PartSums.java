package org.score4j.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * CRC-32C checksums of an unfinished file's parts, one after the other, kept behind where the file
 * will end, so that work is resumed from no part that has changed. Each takes 16 bytes, little
 * endian: where its part ends (8), the checksum of the part (4), and that of these 12 bytes (4).
 */
final class PartSums {
  private static final int RECORD_BYTES = 16;
  private static final int CHECKED_BYTES = 12;

  private record Part(long end, int sum) {}

  private final FileChannel channel;
  private final long begin;
  private final long end;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Of no parts yet.
   *
   * @param begin where the first part begins
   * @param end where the file will end
   */
  PartSums(FileChannel channel, long begin, long end) {
    this.channel = channel;
    this.begin = begin;
    this.end = end;
  }

  /** Where the last part ends. */
  long reached() {
    return parts.isEmpty() ? begin : parts.get(parts.size() - 1).end();
  }

  /**
   * Finds the parts that another process left, as far as they are unchanged.
   *
   * @return whether all are; one that was not finished counts as none
   */
  boolean find() throws IOException {
    for (long at = end; at + RECORD_BYTES <= channel.size(); at += RECORD_BYTES) {
      ByteBuffer bytes = record();
      FileChecksum.read(channel, bytes, at);
      bytes.flip();
      long next = bytes.getLong(0);
      int sum = bytes.getInt(Long.BYTES);
      boolean sound =
          bytes.getInt(CHECKED_BYTES) == sum(bytes)
              && next > reached()
              && next <= end
              && sum == FileChecksum.of(channel, reached(), next);
      if (!sound) {
        return false;
      }
      parts.add(new Part(next, sum));
    }
    return true;
  }

  /**
   * Whether the file ends amid a part's numbers or amid a checksum, once those were {@link #find
   * found}.
   */
  boolean isCut() throws IOException {
    long size = channel.size();
    return size > end ? (size - end) % RECORD_BYTES != 0 : parts.isEmpty() && size > begin;
  }

  /** Adds the part up to a place, if there is anything new. */
  void add(long place) throws IOException {
    if (place > reached()) {
      var part = new Part(place, FileChecksum.of(channel, reached(), place));
      write(part, parts.size());
      parts.add(part);
    }
  }

  /** Drops what lies behind a place. */
  void cut(long place) throws IOException {
    parts.removeIf(part -> part.end() > place);
    if (channel.size() > end) {
      channel.truncate(end + (long) parts.size() * RECORD_BYTES);
    }
    add(place);
  }

  private void write(Part part, long index) throws IOException {
    ByteBuffer bytes = record();
    bytes.putLong(part.end()).putInt(part.sum());
    bytes.putInt(sum(bytes)).flip();
    long next = end + index * RECORD_BYTES;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }

  private static ByteBuffer record() {
    return ByteBuffer.allocate(RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int sum(ByteBuffer record) {
    CRC32C sum = new CRC32C();
    sum.update(record.slice(0, CHECKED_BYTES));
    return (int) sum.getValue();
  }
}

package org.score4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.score4j.data.image.Memory;
import org.tensorflow.proto.Feature;

/**
 * A TFRecord file, read by position:
 *
 * <pre>
 *   uint64 length,  uint32 masked CRC32C of length,  byte data[length],  uint32 masked CRC32C of data
 * </pre>
 *
 * <p>for each record, little endian, with {@code masked(crc) = rotateRight(crc, 15) + 0xa282ead8}
 * (tensorflow/core/lib/io/record_writer.h).
 *
 * @param starts position of each record, and last the end of the file
 */
record RecordFile(StoredFile file, long[] starts) implements AutoCloseable {
  private static final int HEADER = 12;
  private static final int FOOTER = 4;
  private static final int MASK = 0xa282ead8;

  /**
   * Finds where the records are, and checks that they fill the file; what they hold is checked when
   * it is read.
   *
   * @param fingerprint to which every record's length and checksum are added
   */
  static RecordFile index(StoredFile file, Fingerprint fingerprint) {
    refuseCompressed(file);
    long most = Memory.largestPiece() / Long.BYTES;
    long[] starts = new long[16];
    int count = 0;
    long position = 0;
    while (position < file.length()) {
      if (count + 2 > starts.length) {
        if (starts.length >= most) {
          throw file.fault("more than " + count + " records", "must have fewer with this heap");
        }
        starts = Arrays.copyOf(starts, starts.length * 2);
      }
      starts[count] = position;
      long length = length(file, position, count);
      position += HEADER + length + FOOTER;
      fingerprint.with(length).with(file.bytes(position - FOOTER, FOOTER));
      count++;
    }
    starts[count] = position;
    return new RecordFile(file, Arrays.copyOf(starts, count + 1));
  }

  private static void refuseCompressed(StoredFile file) {
    if (file.length() > 2 && Arrays.equals(file.bytes(0, 2), new byte[] {0x1f, (byte) 0x8b})) {
      throw file.fault("a file compressed with gzip", "must be unpacked first, with gunzip");
    }
  }

  private static long length(StoredFile file, long position, int number) {
    if (file.length() - position < HEADER + FOOTER) {
      throw file.fault("the end of the file in record " + number, "must hold whole records");
    }
    byte[] header = file.bytes(position, HEADER);
    ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (masked(header, Long.BYTES) != numbers.getInt(Long.BYTES)) {
      throw file.fault(
          "a length of record " + number + " that does not have its checksum",
          "must be an undamaged TFRecord file");
    }
    long length = numbers.getLong(0);
    if (length < 0 || length > file.length() - position - HEADER - FOOTER) {
      throw file.fault("the end of the file in record " + number, "must hold whole records");
    }
    if (length > Memory.largestPiece()) {
      throw file.fault("record " + number + " of " + length + " bytes", Memory.rule());
    }
    return length;
  }

  /** How many records there are. */
  int count() {
    return starts.length - 1;
  }

  /** A feature of an example in a record, whose checksum is not checked; empty if it has none. */
  Optional<Feature> feature(int number, String name) throws IOException {
    return FeatureScan.find(file, starts[number] + HEADER, length(number), name);
  }

  private int length(int number) {
    return (int) (starts[number + 1] - starts[number]) - HEADER - FOOTER;
  }

  /**
   * What a record holds.
   *
   * @throws IOException if it does not have its checksum
   */
  byte[] data(int number) throws IOException {
    int length = length(number);
    byte[] stored = file.bytes(starts[number] + HEADER, length + FOOTER);
    int checksum = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    if (masked(stored, length) != checksum) {
      throw new IOException("data that do not have their checksum");
    }
    return Arrays.copyOf(stored, length);
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  @Override
  public void close() {
    file.close();
  }
}

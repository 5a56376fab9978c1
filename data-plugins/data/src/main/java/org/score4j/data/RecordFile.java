package org.score4j.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.score4j.data.image.Memory;
import org.score4j.format.RecordFrame;
import org.tensorflow.proto.Feature;

/**
 * A TFRecord file, read by position; {@link RecordFrame} has the format.
 *
 * @param starts position of each record, and last the end of the file
 */
record RecordFile(StoredFile file, long[] starts) implements AutoCloseable {
  private static final int HEADER = RecordFrame.HEAD;
  private static final int FOOTER = RecordFrame.FOOT;

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
    long length =
        RecordFrame.length(file.bytes(position, HEADER))
            .orElseThrow(
                () ->
                    file.fault(
                        "a length of record " + number + " that does not have its checksum",
                        "must be an undamaged TFRecord file"));
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
    if (!RecordFrame.isIntact(stored)) {
      throw new IOException("data that do not have their checksum");
    }
    return Arrays.copyOf(stored, length);
  }

  @Override
  public void close() {
    file.close();
  }
}

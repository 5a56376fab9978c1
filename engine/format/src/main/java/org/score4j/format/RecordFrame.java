package org.score4j.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * How TensorFlow's TFRecord format frames each record, in data as in TensorBoard's event files:
 *
 * <pre>
 *   uint64 length,  uint32 masked CRC32C of length,  byte data[length],  uint32 masked CRC32C of data
 * </pre>
 *
 * <p>little endian, with {@code masked(crc) = rotateRight(crc, 15) + 0xa282ead8}
 * (tensorflow/core/lib/io/record_writer.h).
 */
public final class RecordFrame {
  /** Bytes before the data. */
  public static final int HEAD = 12;

  /** Bytes behind the data. */
  public static final int FOOT = 4;

  private static final int MASK = 0xa282ead8;

  private RecordFrame() {}

  /** A whole record, ready to be written. */
  public static ByteBuffer of(byte[] data) {
    ByteBuffer record = littleEndian(ByteBuffer.allocate(HEAD + data.length + FOOT));
    record.putLong(data.length);
    record.putInt(masked(record.array(), Long.BYTES));
    return record.put(data).putInt(masked(data, data.length)).flip();
  }

  /**
   * The length that a head gives, which may be beyond any file or negative.
   *
   * @param head {@link #HEAD} bytes
   * @return empty if it does not have its checksum
   */
  public static OptionalLong length(byte[] head) {
    ByteBuffer numbers = littleEndian(ByteBuffer.wrap(head));
    return numbers.getInt(Long.BYTES) == masked(head, Long.BYTES)
        ? OptionalLong.of(numbers.getLong(0))
        : OptionalLong.empty();
  }

  /**
   * Whether data have the checksum behind them.
   *
   * @param stored the data and the {@link #FOOT} bytes behind them
   */
  public static boolean isIntact(byte[] stored) {
    int length = stored.length - FOOT;
    return littleEndian(ByteBuffer.wrap(stored)).getInt(length) == masked(stored, length);
  }

  private static ByteBuffer littleEndian(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}

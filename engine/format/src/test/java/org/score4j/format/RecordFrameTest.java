package org.score4j.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordFrameTest {
  /** "score", framed by a bitwise CRC32C that gives TensorFlow's checksums. */
  private static final byte[] RECORD =
      HexFormat.of().parseHex("0500000000000000eab2043e73636f7265f9171394");

  @Test
  void aRecordIsFramedAsTensorFlowFramesIt() {
    assertArrayEquals(RECORD, RecordFrame.of("score".getBytes(StandardCharsets.US_ASCII)).array());
  }

  @Test
  void aHeadGivesTheLengthOfTheData() {
    byte[] head = Arrays.copyOf(RECORD, RecordFrame.HEAD);
    assertEquals(OptionalLong.of(5), RecordFrame.length(head));
    head[1] ^= 1;
    assertEquals(OptionalLong.empty(), RecordFrame.length(head));
  }

  @Test
  void aFlippedBitOfTheDataIsSeen() {
    byte[] stored = Arrays.copyOfRange(RECORD, RecordFrame.HEAD, RECORD.length);
    assertTrue(RecordFrame.isIntact(stored));
    for (int bit = 0; bit < 8 * stored.length; bit++) {
      stored[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(RecordFrame.isIntact(stored));
      stored[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void anEmptyRecordIsIntact() {
    byte[] record = RecordFrame.of(new byte[0]).array();
    assertEquals(RecordFrame.HEAD + RecordFrame.FOOT, record.length);
    assertTrue(RecordFrame.isIntact(Arrays.copyOfRange(record, RecordFrame.HEAD, record.length)));
  }
}

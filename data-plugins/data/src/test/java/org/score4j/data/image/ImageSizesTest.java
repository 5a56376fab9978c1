package org.score4j.data.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Small files whose headers claim sizes that no heap holds. */
class ImageSizesTest {
  private static final int HUGE = 60_000;

  private static void refused(byte[] file) {
    var e =
        assertThrows(IOException.class, () -> new PictureDecoder(Optional.empty()).decode(file));
    assertTrue(e.getMessage().contains("sixteenth of the heap"), e.getMessage());
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void bmp() {
    ByteBuffer file = little(322);
    file.put(new byte[] {'B', 'M'}).putInt(322).putInt(0).putInt(54);
    file.putInt(40).putInt(HUGE).putInt(-HUGE).putShort((short) 1).putShort((short) 24);
    refused(file.array());
  }

  @Test
  void gif() {
    ByteBuffer file = little(40);
    file.put(new byte[] {'G', 'I', 'F', '8', '9', 'a'}).putShort((short) 1).putShort((short) 1);
    file.put(new byte[3]).put((byte) ',').putInt(0).putShort((short) HUGE).putShort((short) HUGE);
    file.put(new byte[] {0, 2, 1, 0x44, 0});
    refused(file.array());
  }

  @Test
  void jpeg() {
    refused(
        HexFormat.of()
            .parseHex("ffd8" + "ffc0000b08ea60ea6001011100" + "ffda00080101003f0000" + "ffd9"));
  }

  @Test
  void webP() {
    for (String chunk : new String[] {"VP8L", "VP8 ", "VP8X"}) {
      byte[] content =
          switch (chunk) {
            case "VP8L" -> HexFormat.of().parseHex("2fffffff0f00");
            case "VP8 " -> HexFormat.of().parseHex("1000009d012aff3fff3f");
            default -> HexFormat.of().parseHex("0000000060ea0060ea00");
          };
      ByteBuffer file = little(20 + content.length);
      file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(12 + content.length);
      file.put(("WEBP" + chunk).getBytes(StandardCharsets.ISO_8859_1)).putInt(content.length);
      refused(file.put(content).array());
    }
  }

  @Test
  void tiff() {
    // Small, in tiles that are not.
    for (int[] tags :
        new int[][] {{256, HUGE, 257, HUGE}, {256, 9, 257, 9, 322, HUGE, 323, HUGE}}) {
      ByteBuffer file = little(200);
      file.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) (tags.length / 2));
      for (int i = 0; i < tags.length; i += 2) {
        file.putShort((short) tags[i]).putShort((short) 4).putInt(1).putInt(tags[i + 1]);
      }
      refused(file.array());
    }
  }
}

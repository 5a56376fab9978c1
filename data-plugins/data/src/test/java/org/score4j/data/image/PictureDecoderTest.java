package org.score4j.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {

  private static Picture decode(byte[] file) throws IOException {
    return new PictureDecoder(Optional.empty()).decode(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void losslessFormatsGiveTheirSamplesUnchanged(String format) throws IOException {
    for (boolean grey : new boolean[] {true, false}) {
      Picture picture = decode(Pictures.encoded(Pictures.image(5, 7, grey), format));
      assertEquals(5, picture.height());
      assertEquals(7, picture.width());
      assertEquals(grey ? 1 : 3, picture.channels());
      assertArrayEquals(Pictures.samples(5, 7, grey ? 1 : 3), picture.bytes());
    }
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    // The platform misreads interlaced GIFs of less than five rows.
    var image = new BufferedImage(4, 5, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(1, 0, 0xffff0000);
    image.setRGB(2, 4, 0xff00ff00);
    for (String format : new String[] {"gif", "png"}) {
      Picture picture = decode(Pictures.encoded(image, format));
      assertEquals(3, picture.channels());
      byte[] expected = new byte[60];
      expected[3] = -1;
      expected[55] = -1;
      assertArrayEquals(expected, picture.bytes());
    }
  }

  @Test
  void bilevelAndSixteenBitGreyBecomeBytes() throws IOException {
    var bilevel = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bilevel.setRGB(1, 0, 0xffffffff);
    assertArrayEquals(new byte[] {0, -1}, decode(Pictures.encoded(bilevel, "png")).bytes());
    var deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    // 257 is one step of 8 bits: 128 is the last that rounds to 0.
    deep.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {128, 129, 65535});
    assertArrayEquals(new byte[] {0, 1, -1}, decode(Pictures.encoded(deep, "png")).bytes());
  }

  @Test
  void transparentPixelsKeepTheirColour() throws IOException {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.getRaster().setPixel(0, 0, new int[] {10, 20, 30, 0});
    Picture picture = decode(Pictures.encoded(image, "png"));
    assertArrayEquals(new byte[] {10, 20, 30}, picture.bytes());
  }

  @Test
  void jpegIsCloseToWhatWasEncoded() throws IOException {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setPixel(i % 16, i / 16, new int[] {200, 100, 50});
    }
    byte[] decoded = decode(Pictures.encoded(image, "jpg")).bytes();
    for (int i = 0; i < decoded.length; i++) {
      int expected = i % 3 == 0 ? 200 : i % 3 == 1 ? 100 : 50;
      assertEquals(expected, Byte.toUnsignedInt(decoded[i]), 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void truncatedFilesAreRefused(String format) {
    byte[] whole = Pictures.encoded(Pictures.image(40, 40, false), format);
    for (int percent : new int[] {0, 1, 5, 20, 50, 80, 90}) {
      byte[] half = Arrays.copyOf(whole, whole.length * percent / 100);
      var e = assertThrows(IOException.class, () -> decode(half), percent + " %");
      assertTrue(e.getMessage() == null || !e.getMessage().isBlank());
    }
  }

  /** Whatever bytes are wrong, it is an IOException or an image, and never an error. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void damagedFilesGiveAnImageOrAnIoException(String format) {
    byte[] whole = Pictures.encoded(Pictures.image(12, 12, false), format);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 3; k++) {
        damaged[random.nextInt(random.nextBoolean() ? whole.length : 60)] =
            (byte) random.nextInt(256);
      }
      try {
        Picture picture = decode(damaged);
        assertEquals(
            picture.height() * picture.width() * picture.channels(), picture.bytes().length);
      } catch (IOException e) {
        assertTrue(e.getMessage() == null || !e.getMessage().isBlank());
      }
    }
  }

  @Test
  void hugeSizeInTheHeaderTakesNoMemory() {
    byte[] file = Pictures.png(2, 2, true);
    ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    ByteBuffer.wrap(file).putInt(29, (int) crc.getValue());
    var e = assertThrows(IOException.class, () -> decode(file));
    assertEquals(
        "60000 x 60000 pixels, more than the "
            + Memory.largestPiece() / 4
            + " that fit into a sixteenth of the heap (see -Xmx)",
        e.getMessage());
  }

  @Test
  void otherContentIsNoImage() {
    var e = assertThrows(IOException.class, () -> decode(new byte[100]));
    assertEquals("no image, where PNG, JPEG, GIF, BMP, TIFF or WebP is read", e.getMessage());
  }
}

package org.score4j.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of every mode, depth, marker and layout, against what Pillow reads; odd-images.py. */
class OddImagesTest {
  private static final PictureDecoder DECODER = new PictureDecoder(Optional.empty());

  record Odd(String name, int tolerance, int height, int width, String expected, byte[] file) {
    @Override
    public String toString() {
      return name;
    }

    boolean refused() {
      return height == 0;
    }
  }

  static Stream<Odd> all() throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                OddImagesTest.class.getResourceAsStream("odd-images.tsv"),
                StandardCharsets.UTF_8))) {
      return in.lines().map(line -> odd(line.split("\t", -1))).toList().stream();
    }
  }

  static Stream<Odd> read() throws IOException {
    return all().filter(odd -> !odd.refused());
  }

  static Stream<Odd> refused() throws IOException {
    return all().filter(Odd::refused);
  }

  private static Odd odd(String[] columns) {
    return new Odd(
        columns[0],
        Integer.parseInt(columns[1]),
        Integer.parseInt(columns[2]),
        Integer.parseInt(columns[3]),
        columns[4],
        Base64.getDecoder().decode(columns[5]));
  }

  @ParameterizedTest
  @MethodSource("read")
  void imagesAreReadAsPillowReadsThem(Odd odd) throws IOException {
    Picture picture = DECODER.decode(odd.file()).withChannels(3);
    assertEquals(odd.height(), picture.height());
    assertEquals(odd.width(), picture.width());
    byte[] expected = HexFormat.of().parseHex(odd.expected());
    assertEquals(expected.length, picture.bytes().length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Byte.toUnsignedInt(expected[i]),
          Byte.toUnsignedInt(picture.bytes()[i]),
          odd.tolerance(),
          "sample " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void otherImagesAreRefusedWithTheReason(Odd odd) {
    var e = assertThrows(IOException.class, () -> DECODER.decode(odd.file()));
    assertTrue(e.getMessage().contains(odd.expected()), e.getMessage());
  }

  @Test
  void theTableHoldsEveryFormat() throws IOException {
    List<Odd> all = all().toList();
    assertTrue(all.size() > 150, all.size() + " images");
    for (ImageKind kind : ImageKind.values()) {
      assertTrue(
          all.stream().anyMatch(odd -> ImageKind.of(odd.file()).equals(Optional.of(kind))),
          kind.title());
    }
  }

  /** Whatever bytes are wrong, it is an image or an IOException that says something. */
  @ParameterizedTest
  @MethodSource("read")
  void damagedFilesGiveAnImageOrAnIoException(Odd odd) {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 4; i++) {
      byte[] damaged = odd.file().clone();
      // Beyond the sizes of the first header, which would make large images that take long.
      damaged[32 + random.nextInt(damaged.length - 32)] = (byte) random.nextInt(256);
      byte[] file = i == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
      try {
        Picture picture = DECODER.decode(file);
        assertEquals(
            picture.height() * picture.width() * picture.channels(), picture.bytes().length);
      } catch (IOException e) {
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
      }
    }
  }

  @Test
  void greyImagesHaveOneChannel() throws IOException {
    for (String name : List.of("png-0-1-0", "tiff-grey-16-II", "jpeg-grey", "gif-grey", "bmp-1")) {
      Odd odd = all().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      assertEquals(1, DECODER.decode(odd.file()).channels(), name);
    }
  }

  @Test
  void transparentImagesLieOnTheBackground() throws IOException {
    // A quarter, 64 / 255, of (200, 100, 0) on white and on black.
    var image = new Pixels(1, 2, 4, new byte[] {(byte) 200, 100, 0, 64, 10, 20, 30, 0});
    assertEquals("[200, 100, 0, 10, 20, 30]", unsigned(image.opaque(Optional.empty()).bytes()));
    assertEquals(
        "[241, 216, 191, 255, 255, 255]",
        unsigned(image.opaque(Optional.of(new Background(255, 255, 255))).bytes()));
    var grey = new Pixels(1, 1, 2, new byte[] {100, (byte) 128});
    assertEquals("[50]", unsigned(grey.opaque(Optional.of(new Background(0, 0, 0))).bytes()));
    assertEquals(
        "[177, 50, 50]", unsigned(grey.opaque(Optional.of(new Background(255, 0, 0))).bytes()));
    Odd palette =
        all().filter(odd -> odd.name().equals("png-transparent-grey")).findFirst().orElseThrow();
    assertEquals(
        3,
        new PictureDecoder(Optional.of(new Background(9, 0, 0))).decode(palette.file()).channels());
  }

  private static String unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> Byte.toUnsignedInt(bytes[i]));
    return Arrays.toString(values);
  }
}

package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.score4j.data.image.Picture;

class ResamplingTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Weights of the inner outputs are (1, 3, 3, 1)/8, of the first (3, 3, 1)/7. */
  @Test
  void halvingWeighsByTheTriangle() {
    var row = new Picture(1, 8, 1, bytes(0, 70, 210, 40, 80, 160, 240, 0));
    assertArrayEquals(
        bytes(
            Math.round((3 * 0 + 3 * 70 + 210) / 7f),
            Math.round((70 + 3 * 210 + 3 * 40 + 80) / 8f),
            Math.round((40 + 3 * 80 + 3 * 160 + 240) / 8f),
            Math.round((160 + 3 * 240 + 0) / 7f)),
        Resampling.scale(row, 1, 4).bytes());
  }

  @Test
  void doublingInterpolatesLinearly() {
    var column = new Picture(2, 1, 1, bytes(0, 100));
    assertArrayEquals(bytes(0, 25, 75, 100), Resampling.scale(column, 4, 1).bytes());
  }

  @Test
  void constantsStayAndChannelsDoNotMix() {
    byte[] flat = new byte[7 * 5 * 3];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (byte) (i % 3 == 0 ? 255 : i % 3 == 1 ? 0 : 77);
    }
    for (int side : new int[] {1, 2, 3, 6, 11}) {
      byte[] scaled = Resampling.scale(new Picture(7, 5, 3, flat), side, side + 1).bytes();
      assertEquals(side * (side + 1) * 3, scaled.length);
      for (int i = 0; i < scaled.length; i++) {
        assertEquals(flat[i % 3], scaled[i]);
      }
    }
  }

  @Test
  void rampsStayRampsAwayFromTheEdges() {
    byte[] ramp = new byte[30];
    for (int i = 0; i < 30; i++) {
      ramp[i] = (byte) (4 * i);
    }
    byte[] scaled = Resampling.scale(new Picture(1, 30, 1, ramp), 1, 10).bytes();
    for (int i = 1; i < 9; i++) {
      assertEquals(4 * (3 * i + 1), scaled[i]);
    }
  }

  @Test
  void croppingTakesTheLargestMiddlePieceOfTheProportions() {
    var wide = new Picture(2, 5, 1, bytes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    assertArrayEquals(bytes(1, 2, 6, 7), wide.croppedLike(64, 64).bytes());
    var high = new Picture(4, 1, 1, bytes(0, 1, 2, 3));
    assertArrayEquals(bytes(1), high.croppedLike(8, 8).bytes());
    assertArrayEquals(bytes(1, 2), high.croppedLike(8, 4).bytes());
  }

  @Test
  void greyIsTheLumaOfBt601() {
    var colours = new Picture(1, 3, 3, bytes(255, 0, 0, 0, 255, 0, 0, 0, 255));
    assertArrayEquals(bytes(76, 150, 29), colours.withChannels(1).bytes());
    var grey = new Picture(1, 2, 1, bytes(9, 200));
    assertArrayEquals(bytes(9, 9, 9, 200, 200, 200), grey.withChannels(3).bytes());
  }
}

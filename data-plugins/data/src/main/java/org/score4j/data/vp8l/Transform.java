package org.score4j.data.vp8l;

import java.io.IOException;

/** What was done to an image before it was coded (RFC 9649, 3.5), to be undone. */
sealed interface Transform {
  /** The kinds by the numbers that the format has for them. */
  int PREDICTOR = 0;

  int COLOR = 1;
  int SUBTRACT_GREEN = 2;

  /**
   * Reads a transform.
   *
   * @param kind its number, from 0 to 3
   * @param width of the image that it was applied to
   */
  static Transform read(BitReader bits, int kind, int height, int width) throws IOException {
    return switch (kind) {
      case PREDICTOR -> new Prediction(Tiles.read(bits, height, width));
      case COLOR -> new ColorDifference(Tiles.read(bits, height, width));
      case SUBTRACT_GREEN -> new GreenDifference();
      default -> ColorIndex.read(bits, width);
    };
  }

  /** The width of the image after the transform. */
  default int coded(int width) {
    return width;
  }

  /**
   * Undoes the transform.
   *
   * @param argb pixels after it
   * @param width of the image before it
   * @return pixels before it; possibly the same array
   */
  int[] undo(int[] argb, int height, int width);

  /** A parameter for each block of {@code 1 << bits} pixels a side. */
  record Tiles(int bits, CodedImage parameters) {
    static Tiles read(BitReader bits, int height, int width) throws IOException {
      int shift = 2 + bits.bits(3);
      int rows = CodedImage.blocks(height, shift);
      int columns = CodedImage.blocks(width, shift);
      return new Tiles(shift, CodedImage.read(bits, rows, columns, false));
    }

    int at(int x, int y) {
      return parameters.argb()[(y >> bits) * parameters.width() + (x >> bits)];
    }
  }

  /** Differences from a prediction by pixels above and to the left. */
  record Prediction(Tiles modes) implements Transform {
    @Override
    public int[] undo(int[] argb, int height, int width) {
      for (int i = 0; i < argb.length; i++) {
        int x = i % width;
        int predicted;
        if (i == 0) {
          predicted = Predictor.BLACK;
        } else if (i < width) {
          predicted = argb[i - 1];
        } else if (x == 0) {
          predicted = argb[i - width];
        } else {
          predicted = Predictor.of(modes.at(x, i / width) >> 8 & 15, argb, i, width);
        }
        argb[i] = Predictor.sum(argb[i], predicted);
      }
      return argb;
    }
  }

  /** Red and blue of which shares of green, and of red, were subtracted. */
  record ColorDifference(Tiles shares) implements Transform {
    @Override
    public int[] undo(int[] argb, int height, int width) {
      for (int i = 0; i < argb.length; i++) {
        int share = shares.at(i % width, i / width);
        int green = argb[i] >> 8;
        int red = (argb[i] >> 16) + product(share, green);
        int blue = argb[i] + product(share >> 8, green) + product(share >> 16, red);
        argb[i] = argb[i] & 0xff00ff00 | (red & 255) << 16 | blue & 255;
      }
      return argb;
    }

    private static int product(int share, int color) {
      return (byte) share * (byte) color >> 5;
    }
  }

  /** Red and blue of which green was subtracted. */
  record GreenDifference() implements Transform {
    @Override
    public int[] undo(int[] argb, int height, int width) {
      for (int i = 0; i < argb.length; i++) {
        int green = argb[i] >> 8 & 255;
        argb[i] = Predictor.sum(argb[i], green << 16 | green);
      }
      return argb;
    }
  }

  /**
   * Numbers of colors, several a pixel if they are few.
   *
   * @param bits two to their power numbers are in the green of a pixel
   * @param colors as many as numbers can name
   */
  record ColorIndex(int bits, int[] colors) implements Transform {
    static ColorIndex read(BitReader bits, int width) throws IOException {
      int count = 1 + bits.bits(Byte.SIZE);
      int packed = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
      int[] read = CodedImage.read(bits, 1, count, false).argb();
      // Numbers beyond the table are transparent black.
      int[] colors = new int[1 << (Byte.SIZE >> packed)];
      for (int i = 0; i < count; i++) {
        colors[i] = i == 0 ? read[0] : Predictor.sum(read[i], colors[i - 1]);
      }
      return new ColorIndex(packed, colors);
    }

    @Override
    public int coded(int width) {
      return CodedImage.blocks(width, bits);
    }

    @Override
    public int[] undo(int[] argb, int height, int width) {
      int[] image = new int[height * width];
      int inRow = coded(width);
      int each = Byte.SIZE >> bits;
      for (int i = 0; i < image.length; i++) {
        int x = i % width;
        int green = argb[i / width * inRow + (x >> bits)] >> 8 & 255;
        int place = x & (1 << bits) - 1;
        image[i] = colors[green >> place * each & (1 << each) - 1];
      }
      return image;
    }
  }
}

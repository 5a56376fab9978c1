package org.score4j.data.image;

/**
 * How a stored image is to be turned, in the order of EXIF's values 1 to 8 (CIPA DC-008, 4.6.5.1).
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  ROTATED_180(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  ROTATED_90(true, true, false),
  TRANSVERSE(true, true, true),
  ROTATED_270(true, false, true);

  private final boolean transposed;
  private final boolean upsideDown;
  private final boolean leftRight;

  Orientation(boolean transposed, boolean upsideDown, boolean leftRight) {
    this.transposed = transposed;
    this.upsideDown = upsideDown;
    this.leftRight = leftRight;
  }

  /** The orientation of an EXIF value; upright for values that are not from 1 to 8. */
  static Orientation of(int value) {
    return value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
  }

  /** The upright image of a stored one. */
  Pixels upright(Pixels stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int bands = stored.bands();
    int height = transposed ? stored.width() : stored.height();
    int width = transposed ? stored.height() : stored.width();
    byte[] turned = new byte[stored.samples().length];
    int next = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = transposed ? x : y;
        int column = transposed ? y : x;
        row = upsideDown ? stored.height() - 1 - row : row;
        column = leftRight ? stored.width() - 1 - column : column;
        int from = (row * stored.width() + column) * bands;
        for (int b = 0; b < bands; b++) {
          turned[next++] = stored.samples()[from + b];
        }
      }
    }
    return new Pixels(height, width, bands, turned);
  }
}

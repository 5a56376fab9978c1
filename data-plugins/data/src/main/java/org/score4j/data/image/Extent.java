package org.score4j.data.image;

import java.io.IOException;

/** Checks what a header says before memory is taken for it. */
final class Extent {
  /** Samples, and what decoders need beside them. */
  private static final int BYTES_PER_PIXEL = 4;

  private Extent() {}

  /**
   * Lets sizes pass that an image can have.
   *
   * @throws IOException if there is no pixel, or more than the heap should hold
   */
  static void check(long width, long height) throws IOException {
    if (width < 1 || height < 1) {
      throw new IOException("a damaged image: " + width + " x " + height + " pixels");
    }
    long most = Memory.largestPiece() / BYTES_PER_PIXEL;
    // By division, as the product may be beyond a long.
    if (width > most / height) {
      throw new IOException(
          width
              + " x "
              + height
              + " pixels, more than the "
              + most
              + " that fit into a sixteenth of the heap (see -Xmx)");
    }
  }
}

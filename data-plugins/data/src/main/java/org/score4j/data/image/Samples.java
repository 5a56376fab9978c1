package org.score4j.data.image;

import java.awt.image.Raster;

/**
 * Samples as a decoder of the platform gives them.
 *
 * @param bytes row-major [H, W, bands], rounded to 8 bits
 */
record Samples(int height, int width, int bands, byte[] bytes) {

  static Samples of(Raster raster) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] bits = raster.getSampleModel().getSampleSize();
    byte[] bytes = new byte[raster.getHeight() * width * bands];
    int[] row = new int[width * bands];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        bytes[next++] = Depth.toByte(row[i], bits[i % bands]);
      }
    }
    return new Samples(raster.getHeight(), width, bands, bytes);
  }
}

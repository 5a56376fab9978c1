package org.score4j.data.image;

import java.io.IOException;

/** Undoes the run lengths of a bitmap (BI_RLE8 and BI_RLE4); what no run covers is color 0. */
final class BmpRuns {
  private final Bytes file;
  private final BmpHeader header;
  private final boolean nibbles;
  private final byte[] indices;
  private long at;
  private int x;
  private int y;

  BmpRuns(Bytes file, BmpHeader header) {
    this.file = file;
    this.header = header;
    nibbles = header.bits() == 4;
    indices = new byte[header.height() * header.width()];
    at = header.data();
  }

  /** The index of every pixel, rows from the top. */
  byte[] decode() throws IOException {
    while (y < header.height()) {
      int count = file.u8(at);
      int value = file.u8(at + 1);
      at += 2;
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
        }
      } else if (value == 0) {
        x = 0;
        y++;
      } else if (value == 1) {
        return indices;
      } else if (value == 2) {
        x += file.u8(at);
        y += file.u8(at + 1);
        at += 2;
      } else {
        literal(value);
      }
    }
    return indices;
  }

  private void literal(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int value = file.u8(nibbles ? at + i / 2 : at + i);
      put(nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
    }
    int bytes = nibbles ? (count + 1) / 2 : count;
    // An even number of bytes.
    at += bytes + bytes % 2;
  }

  private void put(int index) {
    if (x < header.width() && y < header.height()) {
      int row = header.topDown() ? y : header.height() - 1 - y;
      indices[row * header.width() + x] = (byte) index;
    }
    x++;
  }
}

package org.score4j.data.vp8;

import java.io.EOFException;
import java.io.IOException;

/** The header of a key frame (RFC 6386, section 9), and what decodes the rest of the frame. */
final class FrameHeader {
  static final int SEGMENTS = 4;
  private static final int MOST_VERSION = 3;
  private static final int TAG = 10;

  final int width;
  final int height;
  final BoolDecoder modes;
  final BoolDecoder[] partitions;
  final boolean segmented;
  final boolean segmentMap;
  final int[] segmentProbabilities = {255, 255, 255};
  final boolean simpleFilter;
  final int filterLevel;
  final int sharpness;
  final int[] segmentFilters = new int[SEGMENTS];
  final int[] segmentQuantizers = new int[SEGMENTS];
  final int referenceDelta;
  final int modeDelta;
  final int quantizer;
  final int[] quantizerDeltas = new int[5];
  final int[] coefficients = Tables.coefficients();
  final boolean skips;
  final int skipProbability;
  private final boolean absolute;

  FrameHeader(byte[] data) throws IOException {
    if (data.length < TAG) {
      throw new EOFException("the file ends too early");
    }
    int tag = u8(data, 0) | u8(data, 1) << 8 | u8(data, 2) << 16;
    if ((tag & 1) != 0 || u8(data, 3) != 0x9d || u8(data, 4) != 1 || u8(data, 5) != 0x2a) {
      throw new IOException("a damaged image: no key frame");
    }
    if ((tag >> 1 & 7) > MOST_VERSION || (tag >> 4 & 1) == 0) {
      throw new IOException("a damaged image: a frame of an unknown version, or not to be shown");
    }
    width = (u8(data, 6) | u8(data, 7) << 8) & 0x3fff;
    height = (u8(data, 8) | u8(data, 9) << 8) & 0x3fff;
    int first = TAG + (tag >> 5);
    if (first > data.length) {
      throw new EOFException("the file ends too early");
    }
    modes = new BoolDecoder(data, TAG, first);
    // Color space and clamping, which change nothing here.
    modes.literal(2);
    segmented = modes.flag();
    segmentMap = segmented && modes.flag();
    absolute = segmented && segments();
    simpleFilter = modes.flag();
    filterLevel = modes.literal(6);
    sharpness = modes.literal(3);
    int[] deltas = filterDeltas();
    referenceDelta = deltas[0];
    modeDelta = deltas[SEGMENTS];
    partitions = partitions(data, first);
    quantizer = modes.literal(7);
    for (int i = 0; i < quantizerDeltas.length; i++) {
      quantizerDeltas[i] = modes.optional(4);
    }
    // Whether later frames go on with the probabilities of this one.
    modes.flag();
    int[] updates = Tables.updates();
    for (int i = 0; i < coefficients.length; i++) {
      if (modes.bit(updates[i]) == 1) {
        coefficients[i] = modes.literal(8);
      }
    }
    skips = modes.flag();
    skipProbability = skips ? modes.literal(8) : 0;
  }

  /** Whether the segments' values are absolute. */
  private boolean segments() {
    boolean values = modes.flag();
    // As libwebp has it where the values are not given.
    boolean given = !values || modes.flag();
    if (values) {
      for (int s = 0; s < SEGMENTS; s++) {
        segmentQuantizers[s] = modes.optional(7);
      }
      for (int s = 0; s < SEGMENTS; s++) {
        segmentFilters[s] = modes.optional(6);
      }
    }
    for (int p = 0; segmentMap && p < segmentProbabilities.length; p++) {
      segmentProbabilities[p] = modes.flag() ? modes.literal(8) : 255;
    }
    return given;
  }

  private int[] filterDeltas() {
    int[] deltas = new int[2 * SEGMENTS];
    boolean used = modes.flag();
    if (used && modes.flag()) {
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = modes.optional(6);
      }
    }
    return deltas;
  }

  private BoolDecoder[] partitions(byte[] data, int from) throws IOException {
    BoolDecoder[] all = new BoolDecoder[1 << modes.literal(2)];
    int start = from + 3 * (all.length - 1);
    if (start > data.length) {
      throw new EOFException("the file ends too early");
    }
    for (int i = 0; i < all.length; i++) {
      int at = from + 3 * i;
      boolean last = i == all.length - 1;
      int length =
          last
              ? data.length - start
              : u8(data, at) | u8(data, at + 1) << 8 | u8(data, at + 2) << 16;
      if (length > data.length - start) {
        throw new EOFException("the file ends too early");
      }
      all[i] = new BoolDecoder(data, start, start + length);
      start += length;
    }
    return all;
  }

  private static int u8(byte[] data, int at) {
    return Byte.toUnsignedInt(data[at]);
  }

  /** Lets frames pass that have been read without lacking anything. */
  void checkComplete() throws IOException {
    boolean complete = !modes.exhausted();
    for (BoolDecoder partition : partitions) {
      complete &= !partition.exhausted();
    }
    if (!complete) {
      throw new EOFException("the file ends too early, in the image data");
    }
  }

  /** The quantizer index of a segment. */
  int quantizer(int segment) {
    int given = segmentQuantizers[segment];
    return segmented ? (absolute ? given : quantizer + given) : quantizer;
  }

  /** The filter level of a macroblock. */
  int filterLevel(int segment, boolean small) {
    int given = segmentFilters[segment];
    int level = segmented ? (absolute ? given : filterLevel + given) : filterLevel;
    level += referenceDelta + (small ? modeDelta : 0);
    return Math.max(0, Math.min(63, level));
  }
}

package org.score4j.data.vp8;

/** Quantizer steps of a segment (RFC 6386, section 14.1), each DC and AC. */
record Quantizer(int[] luma, int[] lumaDc, int[] chroma) {
  private static final int LARGEST = 127;
  private static final int LARGEST_CHROMA_DC = 117;
  private static final int LEAST_LUMA_DC_AC = 8;

  static Quantizer of(FrameHeader header, int segment) {
    int index = header.quantizer(segment);
    int[] deltas = header.quantizerDeltas;
    int[] dc = Tables.dcSteps();
    int[] ac = Tables.acSteps();
    return new Quantizer(
        new int[] {dc[clip(index + deltas[0], LARGEST)], ac[clip(index, LARGEST)]},
        new int[] {
          2 * dc[clip(index + deltas[1], LARGEST)],
          Math.max(LEAST_LUMA_DC_AC, ac[clip(index + deltas[2], LARGEST)] * 155 / 100)
        },
        new int[] {
          dc[clip(index + deltas[3], LARGEST_CHROMA_DC)], ac[clip(index + deltas[4], LARGEST)]
        });
  }

  private static int clip(int index, int largest) {
    return Math.max(0, Math.min(largest, index));
  }
}

package org.score4j.report.picture;

/** Colours of a density, from white to blue in steps, which show as contours. */
final class DensityColors {
  private static final int STEPS = 16;
  private static final int[] NOTHING = {0xFF, 0xFF, 0xFF};
  private static final int[] MOST = {0x4F, 0x90, 0xCC};

  private DensityColors() {}

  /** The colour of a share of the peak, from 0 to 1; its square root is what is even to the eye. */
  static int of(double share) {
    double step = Math.round(Math.sqrt(Math.min(1, Math.max(0, share))) * STEPS) / (double) STEPS;
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      rgb = rgb << 8 | (int) Math.round(NOTHING[c] + (MOST[c] - NOTHING[c]) * step);
    }
    return rgb;
  }
}

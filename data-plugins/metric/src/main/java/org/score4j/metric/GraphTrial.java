package org.score4j.metric;

import java.util.SplittableRandom;
import org.score4j.api.FeatureExtractor.Extracted;
import org.score4j.api.PixelRange;

/**
 * Tries a graph with two images, together and one of them alone: what it says of an image must not
 * depend on the others.
 *
 * @param extraction the graph
 */
record GraphTrial(GraphExtraction extraction) {
  /** Relative difference that the order of sums explains. */
  private static final float ROUNDING = 0.01f;

  void run() {
    int size = Math.toIntExact(extraction.encoding().example().size());
    float[] both = noise(2 * size, extraction.encoding().pixels());
    float[] second = new float[size];
    System.arraycopy(both, size, second, 0, size);
    Extracted together = extraction.extract(both, 2);
    Extracted alone = extraction.extract(second, 1);
    compare(extraction.features(), together.features(), alone.features());
    compare(extraction.logits(), together.logits(), alone.logits());
  }

  private static float[] noise(int length, PixelRange pixels) {
    var random = new SplittableRandom(1);
    float[] values = new float[length];
    for (int k = 0; k < length; k++) {
      values[k] = pixels.fromByte((byte) random.nextInt(256));
    }
    return values;
  }

  private static void compare(GraphOutput output, float[] together, float[] alone) {
    float largest = Float.MIN_NORMAL;
    float difference = 0;
    boolean equal = together.length == 2 * alone.length;
    for (int k = 0; equal && k < alone.length; k++) {
      largest = Math.max(largest, Math.abs(alone[k]));
      difference = Math.max(difference, Math.abs(together[alone.length + k] - alone[k]));
    }
    if (!equal || difference > ROUNDING * largest) {
      throw output
          .fault()
          .of(
              output.key(),
              "must depend on an image alone, but gives other numbers when it is in a batch with"
                  + " another or computed again; export the network for inference (batch"
                  + " normalization by its moving averages, no dropout)");
    }
  }
}

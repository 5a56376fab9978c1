package org.score4j.sampling;

import org.score4j.size.ArraySize;

/** The first samples of a stream, for which there is room; those after them are let pass. */
public final class FirstSamples implements Generator.Sink {
  private final float[] values;
  private final int size;
  private int filled;

  /**
   * Room for samples.
   *
   * @param count how many at most
   * @param size numbers of a sample
   */
  public FirstSamples(int count, int size) {
    this.size = size;
    values = new float[ArraySize.of("count", count, size)];
  }

  @Override
  public void take(float[] drawn, int count) {
    int taken = Math.min(drawn.length, values.length - filled);
    System.arraycopy(drawn, 0, values, filled, taken);
    filled += taken;
  }

  /** How many have come. */
  int count() {
    return filled / size;
  }

  /** They, row-major, one after the other; zeros where none have come yet. */
  public float[] values() {
    return values;
  }
}

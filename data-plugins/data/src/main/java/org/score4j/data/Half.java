package org.score4j.data;

/** float16 of IEEE 754: 1 sign, 5 exponent and 10 fraction bits. */
final class Half {
  private static final int FRACTION = 10;
  private static final int BIAS = 15;
  private static final int LARGEST_EXPONENT = 31;

  private Half() {}

  /** The number that 16 bits stand for. */
  static double value(short bits) {
    int exponent = bits >> FRACTION & LARGEST_EXPONENT;
    double fraction = (bits & (1 << FRACTION) - 1) / (double) (1 << FRACTION);
    double size;
    if (exponent == 0) {
      size = Math.scalb(fraction, 1 - BIAS);
    } else if (exponent == LARGEST_EXPONENT) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      size = Math.scalb(1 + fraction, exponent - BIAS);
    }
    return bits < 0 ? -size : size;
  }
}

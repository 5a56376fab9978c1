package org.score4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import org.score4j.api.NoiseLevel;

/** Words of pictures. */
final class Captions {
  private Captions() {}

  /** How much noise there is. */
  static String noise(NoiseLevel level) {
    return "σ / α = " + rounded(level.sigma() / level.alpha()) + "   t = " + rounded(level.t());
  }

  /** A number above 0 to two digits. */
  static String rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
    boolean extreme = rounded.scale() > 5 || rounded.precision() - rounded.scale() > 5;
    return extreme ? rounded.toString() : rounded.toPlainString();
  }
}

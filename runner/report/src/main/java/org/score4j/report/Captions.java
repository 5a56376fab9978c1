package org.score4j.report;

import org.score4j.api.NoiseLevel;
import org.score4j.format.text.Numerals;

/** Words of pictures. */
final class Captions {
  private Captions() {}

  /** How much noise there is. */
  static String noise(NoiseLevel level) {
    return "σ / α = "
        + Numerals.significant(level.sigma() / level.alpha(), 2)
        + "   t = "
        + Numerals.significant(level.t(), 2);
  }
}

package org.score4j.engine.label;

import java.util.SplittableRandom;
import org.score4j.engine.random.Hashing;

/**
 * Hides the class of a share of the examples, so that one network learns the score of each class
 * and that of all together (Ho and Salimans 2022, "Classifier-free diffusion guidance", algorithm
 * 1).
 *
 * @param share of the examples, in [0, 1]
 * @param seed with the step's number, determines which
 */
public record LabelDropout(double share, long seed) {
  private static final int ANY = -1;
  private static final long STREAM = Hashing.of("label dropout");

  /** The classes as the model is told them at a step: -1 where the class is hidden. */
  public int[] of(int[] classes, long step) {
    if (share == 0) {
      return classes;
    }
    var random = new SplittableRandom(Hashing.combine(Hashing.combine(seed, STREAM), step));
    int[] told = classes.clone();
    for (int i = 0; i < told.length; i++) {
      if (random.nextDouble() < share) {
        told[i] = ANY;
      }
    }
    return told;
  }
}

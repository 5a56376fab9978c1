package org.score4j.recipe;

import java.util.HashSet;
import java.util.List;
import org.score4j.api.Validation;

/**
 * Exponential moving averages of the parameters.
 *
 * @param decays of the EMA weights, each in [0, 1); 0 for no averaging
 */
public record Averaging(List<Double> decays) {

  /** One average, of decay 0.999. */
  public Averaging() {
    this(List.of(0.999));
  }

  /** Checks the ranges. */
  public Averaging {
    decays = List.copyOf(decays);
    Validation.begin()
        .notEmpty("decays", decays)
        .rule(
            decays.stream().allMatch(decay -> decay >= 0 && decay < 1),
            "decays",
            decays,
            "must be 0 or above, and below 1")
        .rule(
            new HashSet<>(decays).size() == decays.size(),
            "decays",
            decays,
            "must not name a decay twice")
        .end();
  }
}

package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Validation;
import org.score4j.recipe.plugin.Default;

/**
 * Data that are not trained on, and on which the loss of the averaged parameters is watched, always
 * at the same times and noises. Either other data, or a share of the recipe's own.
 *
 * @param data other data
 * @param share of the recipe's data that is set aside, above 0 and below 1; a density without end
 *     gives fresh examples instead
 * @param count examples at most, rounded up to whole batches of {@code training.batchSize}
 * @param every steps between measurements
 */
public record HeldOut(
    Optional<Dataset> data,
    Optional<Double> share,
    @Default("1024") int count,
    @Default("1000") int every) {

  /** Checks the ranges, and that there is one source of data. */
  public HeldOut {
    double part = share.orElse(0.5);
    Validation.begin()
        .rule(
            data.isPresent() != share.isPresent(),
            "share",
            share.map(String::valueOf).orElse("none"),
            "must be given unless there is data, and only then")
        .rule(part > 0 && part < 1, "share", part, "must be above 0 and below 1")
        .atLeast("count", count, 1)
        .atLeast("every", every, 1)
        .end();
  }
}

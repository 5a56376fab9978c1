package org.score4j.api;

import java.util.List;

/**
 * One term w N(mean, diag(standardDeviation^2)) of a Gaussian mixture.
 *
 * @param weight w, above 0; weights are relative and need not sum to 1
 * @param mean of each dimension
 * @param standardDeviation of each dimension, 0 or above, as many as the mean has
 */
public record MixtureComponent(double weight, List<Double> mean, List<Double> standardDeviation) {

  /** Checks the components. */
  public MixtureComponent {
    mean = List.copyOf(mean);
    standardDeviation = List.copyOf(standardDeviation);
    Validation.begin()
        .positive("weight", weight)
        .notEmpty("mean", mean)
        .rule(mean.stream().allMatch(Double::isFinite), "mean", mean, "must be finite numbers")
        .rule(
            standardDeviation.size() == mean.size(),
            "standardDeviation",
            standardDeviation,
            "must have as many numbers as mean (" + mean.size() + ")")
        .rule(
            standardDeviation.stream().allMatch(s -> s >= 0 && Double.isFinite(s)),
            "standardDeviation",
            standardDeviation,
            "must be finite numbers, 0 or above")
        .end();
  }
}

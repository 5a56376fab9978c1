package org.score4j.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Coefficient;
import org.score4j.api.Feed;
import org.score4j.api.FieldAt;
import org.score4j.api.InvalidValueException;
import org.score4j.api.SamplerGraph;
import org.score4j.api.Term;
import org.score4j.sampler.AncestralPredictor.Variance;

/**
 * The noise of an ancestral step from t down to s, in units of the deviation that the host
 * supplies. Where the model has learned the variance, its logarithm is {@code v ln sigma_ts^2 + (1
 * - v) ln (sigma_ts sigma_s / sigma_t)^2}: in units of sigma_ts the deviation is {@code exp((v - 1)
 * ln(sigma_t / sigma_s))}.
 *
 * @param value the noise
 * @param logRatio {@code ln(sigma_t / sigma_s)}, if the variance is learned
 */
record AncestralNoise(Term value, Optional<Coefficient> logRatio) {

  static AncestralNoise of(SamplerGraph graph, Variance variance, FieldAt here) {
    var tf = graph.tf();
    var noise = graph.noise();
    if (variance != Variance.LEARNED) {
      return new AncestralNoise(noise, Optional.empty());
    }
    var v =
        here.varianceInterpolation()
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "variance",
                        "learned",
                        "must be posterior or transition for a model that has not learned it"));
    var logRatio = graph.scalar("logRatio");
    var deviation = v.minus(1).times(logRatio).exp();
    return new AncestralNoise(deviation.times(noise), Optional.of(logRatio));
  }

  /**
   * What the host computes for a step that adds noise; for one that does not, {@code sigmaS} is 0.
   *
   * @param feeds what else the kernel is to be fed
   */
  Feed[] between(double sigmaT, double sigmaS, Feed... feeds) {
    List<Feed> all = new ArrayList<>(List.of(feeds));
    logRatio.ifPresent(r -> all.add(r.is(sigmaS == 0 ? 0 : Math.log(sigmaT / sigmaS))));
    return all.toArray(Feed[]::new);
  }
}

package org.score4j.api;

import java.util.List;

/**
 * A {@link Dataset} whose density is a known Gaussian mixture, which makes the score of the noised
 * data known at every noise level.
 */
public interface MixtureDensity {

  /** The terms, at least one, all of one dimension; weights are relative. */
  List<MixtureComponent> components();
}

package org.score4j.sampling;

/** Samples that are no samples. */
public final class SamplingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** So many of the samples hold a number that is not finite. */
  SamplingFailure(long broken, int count) {
    super(
        broken
            + " of "
            + count
            + " samples are not finite, and none is kept. Either training has left the model with"
            + " parameters that blow up (see the loss in metrics.jsonl) or the sampler's steps are"
            + " too large");
  }
}

package org.score4j.engine;

import java.util.Optional;

/**
 * What is special about a compiled sampler.
 *
 * @param controls of its samples, with what they ask for
 * @param loop where its steps follow each other
 * @param noise asked for the numbers of each run instead of the seed, to replay a chain
 */
public record SamplingOptions(ControlInputs controls, LoopMode loop, Optional<GivenNoise> noise) {

  /** Nothing. */
  public SamplingOptions() {
    this(ControlInputs.none(), LoopMode.AUTO, Optional.empty());
  }

  /** The same with controls. */
  public SamplingOptions with(ControlInputs others) {
    return new SamplingOptions(others, loop, noise);
  }

  /** The same with another choice of where it loops. */
  public SamplingOptions with(LoopMode other) {
    return new SamplingOptions(controls, other, noise);
  }

  /** The same with given noise, for which the host must be asked at each run. */
  public SamplingOptions with(GivenNoise given) {
    return new SamplingOptions(controls, LoopMode.HOST, Optional.of(given));
  }
}

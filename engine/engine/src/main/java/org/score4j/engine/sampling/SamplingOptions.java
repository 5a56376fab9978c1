package org.score4j.engine.sampling;

import java.util.Optional;
import org.score4j.engine.device.Device;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.random.GivenNoise;

/**
 * What is special about a compiled sampler.
 *
 * @param controls of its samples, with what they ask for
 * @param device where it runs
 * @param loop where its steps follow each other
 * @param noise asked for the numbers of each run instead of the seed, to replay a chain
 * @param parameters of the model, if it is never given others
 */
public record SamplingOptions(
    ControlInputs controls,
    Device device,
    LoopMode loop,
    Optional<GivenNoise> noise,
    Optional<StoredParameters> parameters) {

  /** Nothing. */
  public SamplingOptions() {
    this(ControlInputs.none(), Device.AUTO, LoopMode.AUTO, Optional.empty(), Optional.empty());
  }

  /** The same with controls. */
  public SamplingOptions with(ControlInputs others) {
    return new SamplingOptions(others, device, loop, noise, parameters);
  }

  /** The same elsewhere. */
  public SamplingOptions with(Device other) {
    return new SamplingOptions(controls, other, loop, noise, parameters);
  }

  /** The same with another choice of where it loops. */
  public SamplingOptions with(LoopMode other) {
    return new SamplingOptions(controls, device, other, noise, parameters);
  }

  /** The same with given noise, for which the host must be asked at each run. */
  public SamplingOptions with(GivenNoise given) {
    return new SamplingOptions(controls, device, LoopMode.HOST, Optional.of(given), parameters);
  }

  /** The same with parameters that do not change, for which nothing can be loaded. */
  public SamplingOptions with(StoredParameters stored) {
    return new SamplingOptions(controls, device, loop, noise, Optional.of(stored));
  }
}

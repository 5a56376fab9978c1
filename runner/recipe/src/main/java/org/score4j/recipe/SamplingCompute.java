package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.score4j.engine.device.Device;

/**
 * What samples are computed on, where it is not what {@code compute} says.
 *
 * @param device as {@code compute.device}, which it is if left out
 * @param precision as {@code compute.precision}, which it is if left out
 */
public record SamplingCompute(Optional<String> device, Optional<Precision> precision) {

  /** As training. */
  public SamplingCompute() {
    this(Optional.empty(), Optional.empty());
  }

  /** Checks the name of the device. */
  public SamplingCompute {
    Validation.begin()
        .rule(
            device.isEmpty() || Device.isName(device.get()),
            "device",
            device.orElse("none"),
            Device.RULE)
        .end();
  }

  /** These in place of a run's own. */
  Compute over(Compute compute) {
    return new Compute(
        device.orElse(compute.device()), precision.orElse(compute.precision()), compute.threads());
  }

  /**
   * Checks that the device is there.
   *
   * @throws org.score4j.api.InvalidValueException if it is a GPU that TensorFlow cannot use
   */
  public void checkDevice() {
    device.map(name -> new Compute().device(name)).ifPresent(Compute::checkDevice);
  }
}

package org.score4j.recipe;

import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.score4j.engine.device.Device;

/**
 * What a run computes on, and how exactly.
 *
 * @param device where training and sampling run: {@code auto} for the first GPU, or the CPU if
 *     there is none; {@code cpu}; {@code gpu:N} for GPU number N
 * @param precision arithmetic of the network
 * @param threads of one operation of training, on which the last bits depend; 0 for as many as the
 *     machine has
 */
public record Compute(String device, Precision precision, int threads) {
  /** TensorFlow starts them all. */
  private static final int MOST_THREADS = 4096;

  /** The first GPU or else the CPU, in float32, with all threads. */
  public Compute() {
    this(Device.AUTO.name(), Precision.FLOAT32, 0);
  }

  /** Checks the ranges. */
  public Compute {
    Validation.begin()
        .rule(Device.isName(device), "device", device, Device.RULE)
        .within("threads", threads, 0, MOST_THREADS)
        .end();
  }

  /**
   * Checks that the device is there.
   *
   * @throws org.score4j.api.InvalidValueException if it is a GPU that TensorFlow cannot use
   */
  public void checkDevice() {
    if (!device.equals(Device.AUTO.name())) {
      new Device(device).resolved();
    }
  }

  /** The same on another device. */
  public Compute device(String other) {
    return new Compute(other, precision, threads);
  }

  /** The same in another arithmetic. */
  public Compute precision(Precision other) {
    return new Compute(device, other, threads);
  }

  /** The same with another number of threads. */
  public Compute threads(int other) {
    return new Compute(device, precision, other);
  }
}

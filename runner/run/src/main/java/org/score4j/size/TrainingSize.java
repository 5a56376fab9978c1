package org.score4j.size;

import org.score4j.engine.size.ActivationSize;
import org.score4j.engine.size.NetworkSize;
import org.score4j.engine.size.OptimizerSize;
import org.score4j.recipe.Training;

/**
 * Bytes that training takes.
 *
 * @param parameters of the network, once
 * @param state parameters, gradients, what the optimizer keeps, and moving averages
 * @param example of each example in a batch: what the network computes, kept for the gradients
 */
public record TrainingSize(double parameters, double state, double example) {

  /**
   * Part of what a network computes that is in memory at the same time, as far as gradients need
   * it: measured 0.48 (mlp), 0.55 (ddpm-unet) and 0.63 (dit).
   */
  private static final double KEPT = 0.6;

  static TrainingSize of(NetworkSize network, Training training, long elements) {
    double parameters = (double) Float.BYTES * network.parameters();
    double fixed = (double) Float.BYTES * network.buffers();
    int averages = training.averaging().decays().size();
    int gradients = training.accumulate() == 1 ? 1 : 2;
    int copies = 1 + gradients + OptimizerSize.slots(training.optimizer()) + averages;
    double kept = network.activations().map(ActivationSize::all).orElse(0L);
    return new TrainingSize(
        parameters,
        copies * parameters + (1 + averages) * fixed,
        KEPT * kept + Float.BYTES * elements);
  }

  /** Of a whole training. */
  public double total(int batch) {
    return state + batch * example;
  }

  /** The largest batch for which so many bytes suffice; 0 if none does. */
  public long largestBatch(long bytes) {
    return Math.max(0, (long) ((bytes - state) / example));
  }
}

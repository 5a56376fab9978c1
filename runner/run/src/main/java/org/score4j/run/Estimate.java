package org.score4j.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;

/**
 * What a run will take, from a few steps of it.
 *
 * @param name of the recipe
 * @param examples the data
 * @param classShares the classes and their shares of the data in words; empty if there are none
 * @param notes that concern classes; possibly empty
 * @param from where the training's first weights come from, in words; empty if from scratch
 * @param training empty if nothing is trained
 * @param sampling empty if nothing is to be drawn
 * @param peakMemory of this process so far in bytes; empty where the system does not say
 */
public record Estimate(
    String name,
    Examples examples,
    Optional<String> classShares,
    List<String> notes,
    Optional<String> from,
    Optional<Training> training,
    Optional<Sampling> sampling,
    OptionalLong peakMemory) {

  /**
   * All steps of the training.
   *
   * @param parameters how many numbers are trained
   * @param tensors in which they are
   * @param checkpointBytes of parameters, their averages and the optimizer's memory
   * @param memory what the training needs, in words
   * @param steps how many
   * @param examplesPerStep over all accumulated batches
   * @param secondsPerStep as measured
   */
  public record Training(
      long parameters,
      int tensors,
      long checkpointBytes,
      List<String> memory,
      long steps,
      long examplesPerStep,
      double secondsPerStep) {

    /** Of the whole training. */
    public double seconds() {
      return steps * secondsPerStep;
    }
  }

  /**
   * Drawing the samples.
   *
   * @param count how many
   * @param batch how many at a time
   * @param batches how often
   * @param steps what the sampler's first steps took; empty if it reported none
   */
  public record Sampling(int count, int batch, long batches, Optional<Steps> steps) {}

  /**
   * Steps of a sampler.
   *
   * @param count for a batch, as far as the sampler knows
   * @param seconds of one
   * @param evaluations of the network for a sample
   */
  public record Steps(long count, double seconds, long evaluations) {}
}

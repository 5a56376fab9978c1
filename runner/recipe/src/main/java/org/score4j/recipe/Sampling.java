package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.Validation;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;

/**
 * How many samples a run draws.
 *
 * @param count samples in all
 * @param batchSize samples drawn together, which bounds the memory and does not change a sample
 * @param ema which moving average of the parameters draws them, one of {@code
 *     training.averaging.decays}; empty for the first of these
 * @param labels of which classes samples of labelled data are drawn: {@code "data"}, in the shares
 *     that the classes have in the reference, or in the data if there is no labelled reference;
 *     {@code "uniform"}, sample n being of class n modulo their number; or a list of numbers or
 *     names of classes, which is cycled through. {@code "data"} and {@code "uniform"} draw no class
 *     without examples, and leave its class to a sample that completes an image of known class
 * @param loop where the sampler's steps follow each other, which changes the speed
 * @param compute what they are computed on, if not on what {@code compute} says
 */
public record Sampling(
    int count,
    int batchSize,
    Optional<Double> ema,
    LabelChoice labels,
    LoopMode loop,
    Optional<SamplingCompute> compute) {

  /** 64 samples of the classes of the data. */
  public Sampling() {
    this(64, 64, Optional.empty(), LabelChoice.Shares.DATA, LoopMode.AUTO, Optional.empty());
  }

  /** Checks the ranges. */
  public Sampling {
    Validation.begin().atLeast("count", count, 1).atLeast("batchSize", batchSize, 1).end();
  }
}

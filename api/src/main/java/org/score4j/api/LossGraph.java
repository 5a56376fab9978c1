package org.score4j.api;

import java.util.function.ToDoubleFunction;
import org.tensorflow.op.Ops;

/** What a loss is made from: a batch of clean data, a noise level for each, and the model. */
public interface LossGraph {

  /** Where the loss adds its operations. */
  Ops tf();

  /** The forward process. */
  Sde sde();

  /** Clean data x_0 [B, ...]. */
  Term data();

  /**
   * The noise level of each example, at the times that {@link Loss#drawTimes} drew; vectors [B].
   */
  LevelTensors level();

  /**
   * A number for each example, computed from its noise level in double on the host; a vector [B].
   *
   * @param name for graph listings
   */
  Term coefficient(String name, ToDoubleFunction<NoiseLevel> of);

  /**
   * Independent standard normal numbers of the shape of {@link #data()}; others at each call and
   * each training step.
   */
  Term noise();

  /**
   * The score of the model under training, with its dropout.
   *
   * @throws InvalidValueException if a {@link Classifier} is trained
   */
  ScoreField field();

  /** What is known of the examples; nothing unless overridden. */
  default Condition condition() {
    return Condition.none();
  }

  /**
   * The classifier under training, with its dropout.
   *
   * @throws InvalidValueException if a {@link ScoreModel} is trained; always, unless overridden
   */
  default ClassLogits classifier() {
    throw new InvalidValueException("type", "a score model", "needs a classifier to train");
  }
}

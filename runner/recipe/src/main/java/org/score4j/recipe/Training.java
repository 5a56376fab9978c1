package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.recipe.plugin.Default;
import org.score4j.recipe.plugin.UsualPlugin;
import org.tensorflow.op.Op;

/**
 * How a model is trained.
 *
 * @param steps updates of the parameters in all
 * @param batchSize examples whose gradient is taken at once
 * @param accumulate batches in each update, which moves by their mean gradient
 * @param optimizer the rule of the update
 * @param schedule of the learning rate
 * @param warmup steps over which the learning rate rises linearly from 0; 0 for none
 * @param gradientClip largest norm of the gradient of all parameters together; 0 for no limit
 * @param labelDropout share of examples whose class the model is not told, in [0, 1]; 0.1 or so
 *     lets it serve classifier-free guidance
 * @param skipLimit updates in a row that may be skipped as loss or gradient is not finite
 * @param averaging of the parameters, for drawing samples
 * @param augmentation of the examples
 * @param heldOut on which other data to watch the loss; empty for none
 */
public record Training(
    @Required int steps,
    int batchSize,
    int accumulate,
    @Default('"' + UsualPlugin.OPTIMIZER + '"') Optimizer optimizer,
    @Default('"' + UsualPlugin.SCHEDULE + '"') LearningRateSchedule schedule,
    int warmup,
    double gradientClip,
    double labelDropout,
    int skipLimit,
    Averaging averaging,
    Augmentation augmentation,
    Optional<HeldOut> heldOut) {

  /** A position in the shuffled data is a long. */
  private static final double MOST_EXAMPLES = 0x1p62;

  /** The defaults, with placeholders for what a recipe must give and for plugins. */
  public Training() {
    this(1, new NoOptimizer(), (step, warmup, steps) -> 1);
  }

  /**
   * A training of so many steps, all else being usual.
   *
   * @throws org.score4j.api.InvalidValueException if the usual optimizer or schedule is not
   *     installed
   */
  public Training(int steps) {
    this(steps, UsualPlugin.optimizer(), UsualPlugin.schedule());
  }

  private Training(int steps, Optimizer optimizer, LearningRateSchedule schedule) {
    this(
        steps,
        128,
        1,
        optimizer,
        schedule,
        500,
        1,
        0,
        10,
        new Averaging(),
        new Augmentation(),
        Optional.empty());
  }

  /** Checks the ranges. */
  public Training {
    Validation.begin()
        .atLeast("steps", steps, 1)
        .atLeast("batchSize", batchSize, 1)
        .atLeast("accumulate", accumulate, 1)
        .atLeast("warmup", warmup, 0)
        .notNegative("gradientClip", gradientClip)
        .rule(
            labelDropout >= 0 && labelDropout <= 1,
            "labelDropout",
            labelDropout,
            "must be from 0 to 1")
        .atLeast("skipLimit", skipLimit, 0)
        .rule(
            (double) steps * accumulate * batchSize <= MOST_EXAMPLES,
            "batchSize",
            batchSize,
            "must be so small that steps x accumulate x batchSize, the examples read in all, is at"
                + " most 2^62")
        .end();
  }

  private record NoOptimizer() implements Optimizer {
    @Override
    public double learningRate() {
      return 1;
    }

    @Override
    public Op update(OptimizerGraph graph) {
      throw new IllegalStateException("a placeholder cannot train");
    }
  }

  /** The same of another number of updates. */
  public Training steps(int other) {
    return new Training(
        other,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another number of examples at once. */
  public Training batchSize(int other) {
    return new Training(
        steps,
        other,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another number of batches in each update. */
  public Training accumulate(int other) {
    return new Training(
        steps,
        batchSize,
        other,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another optimizer. */
  public Training optimizer(Optimizer other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        other,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another schedule of the learning rate. */
  public Training schedule(LearningRateSchedule other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        other,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another warm-up. */
  public Training warmup(int other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        other,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another limit of the gradient. */
  public Training gradientClip(double other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        other,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another share of hidden classes. */
  public Training labelDropout(double other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        other,
        skipLimit,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with another limit of skipped updates. */
  public Training skipLimit(int other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        other,
        averaging,
        augmentation,
        heldOut);
  }

  /** The same with other averages. */
  public Training averaging(Averaging other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        other,
        augmentation,
        heldOut);
  }

  /** The same with another augmentation. */
  public Training augmentation(Augmentation other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        other,
        heldOut);
  }

  /** The same that watches the loss of held-out data. */
  public Training heldOut(HeldOut other) {
    return new Training(
        steps,
        batchSize,
        accumulate,
        optimizer,
        schedule,
        warmup,
        gradientClip,
        labelDropout,
        skipLimit,
        averaging,
        augmentation,
        Optional.of(other));
  }
}

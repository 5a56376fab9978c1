package org.score4j.runner.recipe;

import org.score4j.api.Optimizer;
import org.score4j.api.Precision;
import org.score4j.api.Validation;
import org.score4j.runner.plugin.Default;

/**
 * How a model is trained.
 *
 * @param steps updates of the parameters in all
 * @param batchSize examples in each step
 * @param optimizer the rule of the update
 * @param warmup steps over which the learning rate rises linearly from 0; 0 for none
 * @param gradientClip largest norm of the gradient of all parameters together; 0 for no limit
 * @param ema decay of the moving average of the parameters, in [0, 1); 0 for no average
 * @param labelDropout share of examples whose class the model is not told, in [0, 1]; 0.1 or so
 *     lets it serve classifier-free guidance
 * @param flip whether images are mirrored left to right with probability 1/2
 * @param dequantize whether bytes k become (k + u) / 256 of their range, u uniform on [0, 1)
 * @param precision arithmetic of the network
 * @param checkpointEvery steps between checkpoints
 * @param logEvery steps between reports of the loss
 */
public record Training(
    int steps,
    @Default("128") int batchSize,
    @Default("\"adam\"") Optimizer optimizer,
    @Default("500") int warmup,
    @Default("1") double gradientClip,
    @Default("0.999") double ema,
    @Default("0") double labelDropout,
    @Default("false") boolean flip,
    @Default("false") boolean dequantize,
    @Default("\"float32\"") Precision precision,
    @Default("1000") int checkpointEvery,
    @Default("100") int logEvery) {

  /** Checks the ranges. */
  public Training {
    Validation.begin()
        .atLeast("steps", steps, 1)
        .atLeast("batchSize", batchSize, 1)
        .atLeast("warmup", warmup, 0)
        .notNegative("gradientClip", gradientClip)
        .rule(ema >= 0 && ema < 1, "ema", ema, "must be 0 or above, and below 1")
        .rule(
            labelDropout >= 0 && labelDropout <= 1,
            "labelDropout",
            labelDropout,
            "must be from 0 to 1")
        .atLeast("checkpointEvery", checkpointEvery, 1)
        .atLeast("logEvery", logEvery, 1)
        .end();
  }
}

package org.score4j.engine;

import org.score4j.api.Precision;
import org.score4j.api.Validation;

/**
 * How a model is trained.
 *
 * @param batchSize examples a step, at least 1
 * @param warmup steps over which the learning rate grows linearly from 0, 0 or more
 * @param gradientClip largest norm of all gradients together, 0 for no limit
 * @param ema decay d of the averaged parameters, in [0, 1): at step n they decay by min(d, (1 + n)
 *     / (10 + n)), so that the random start is forgotten
 * @param labelDropout share of examples whose class the model is not told, in [0, 1], so that it
 *     learns the score of all classes together too (classifier-free guidance)
 * @param augmentation what happens to examples on their way in
 * @param precision arithmetic of the network
 * @param seed determines initial parameters, noise, times and the order of the data
 */
public record TrainingSettings(
    int batchSize,
    int warmup,
    double gradientClip,
    double ema,
    double labelDropout,
    Augmentation augmentation,
    Precision precision,
    long seed) {

  /** Checks the settings. */
  public TrainingSettings {
    Validation.begin()
        .atLeast("batchSize", batchSize, 1)
        .atLeast("warmup", warmup, 0)
        .notNegative("gradientClip", gradientClip)
        .rule(ema >= 0 && ema < 1, "ema", ema, "must lie in [0, 1)")
        .rule(
            labelDropout >= 0 && labelDropout <= 1,
            "labelDropout",
            labelDropout,
            "must lie in [0, 1]")
        .end();
  }

  /** The factor of the learning rate at step n = 1, 2, ... */
  double warmupFactor(long step) {
    return warmup == 0 ? 1 : Math.min(1, (double) step / warmup);
  }

  /** The decay of the averaged parameters at step n = 1, 2, ... */
  double emaDecay(long step) {
    return Math.min(ema, (1.0 + step) / (10.0 + step));
  }
}

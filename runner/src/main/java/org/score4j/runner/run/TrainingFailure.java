package org.score4j.runner.run;

/** Training cannot go on. */
public final class TrainingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The loss stopped being a number at a step; the last checkpoint, if any, is from before. */
  TrainingFailure(long step, double loss, long saved) {
    super(
        "the loss of step "
            + step
            + " is "
            + loss
            + (saved > 0 ? "; the checkpoint of step " + saved + " is kept" : "")
            + ". Lower training.optimizer.learningRate or training.gradientClip, or lengthen"
            + " training.warmup");
  }
}

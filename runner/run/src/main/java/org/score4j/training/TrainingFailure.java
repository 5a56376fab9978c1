package org.score4j.training;

/** Training cannot go on. What has been saved is kept. */
public final class TrainingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String REMEDY =
      ". Lower training.optimizer.learningRate or training.gradientClip, or lengthen"
          + " training.warmup";

  private TrainingFailure(String message) {
    super(message);
  }

  /** Too many steps in a row were skipped. */
  static TrainingFailure skipped(long step, int inRow, String reason, long saved) {
    return new TrainingFailure(
        "step "
            + step
            + ": "
            + reason
            + (inRow > 1 ? "; that is " + inRow + " updates skipped in a row" : "")
            + kept(saved)
            + REMEDY);
  }

  /** Parameters or averages are no longer numbers. */
  static TrainingFailure broken(long step, String tensor, long saved) {
    return new TrainingFailure(
        "step " + step + ": " + tensor + " is not finite" + kept(saved) + REMEDY);
  }

  /** The disk refuses. */
  static TrainingFailure disk(String reason, long saved) {
    boolean full = reason.endsWith("No space left on device");
    return new TrainingFailure(
        reason
            + kept(saved)
            + (full ? ". Once there is room" : ". Once this is fixed")
            + ", the same command resumes");
  }

  private static String kept(long saved) {
    return saved > 0 ? "; the checkpoint of step " + saved + " is kept" : "";
  }
}

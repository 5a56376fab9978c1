package org.score4j;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.score4j.api.Metric;
import org.score4j.recipe.Recipe;

/**
 * Follows a run: {@code started, (updating, logged*, step, saving, checkpoint)*, finished |
 * failed}, then {@code sampled} for each set of samples. All methods are called on the thread that
 * works, so that what a listener does takes time of the run.
 *
 * <p>It is a service: one that a jar of plugins provides follows every run.
 */
public interface RunListener {

  /** Ignores everything. */
  static RunListener none() {
    return new RunListener() {};
  }

  /**
   * Training begins.
   *
   * @param folder of the run
   * @param recipe that is trained
   * @param done steps done before; a checkpoint was read if above 0
   * @param total the recipe's last step
   * @param parameters how many numbers are trained
   */
  record Start(Path folder, Recipe recipe, long done, long total, long parameters) {}

  /**
   * How training ended.
   *
   * @param before steps that had been done before
   * @param step the last step done
   * @param total the recipe's last step; if {@code step} is less, the work was cancelled
   */
  record Outcome(long before, long step, long total) {

    /** Whether the recipe's last step is done. */
    public boolean complete() {
      return step == total;
    }
  }

  /** Training starts or resumes; not called if there is nothing left to train. */
  default void started(Start start) {}

  /**
   * A step is about to change the parameters.
   *
   * @param gradients of the step's first batch by parameter, computed when asked for
   */
  default void updating(long step, Supplier<Map<String, float[]>> gradients) {}

  /**
   * Values have been logged, which come every {@code logging.every} steps and with the held-out
   * loss.
   *
   * @param values numbers, or maps of them, by name
   */
  default void logged(long step, Map<String, Object> values) {}

  /** A step is complete. */
  default void step(TrainedStep step) {}

  /** A checkpoint is about to be taken: what belongs to it should be on the disk first. */
  default void saving(long step) {}

  /** A checkpoint is complete on the disk. */
  default void checkpoint(long step, Path file) {}

  /** Training reached the recipe's last step, now or before, or was cancelled. */
  default void finished(Outcome outcome) {}

  /** Training cannot go on. */
  default void failed() {}

  /** Samples have been drawn, kept and measured. */
  default void sampled(DrawnSamples drawn) {}

  /** Samples have been measured that are not kept. */
  default void measured(List<Metric.Measurement> measurements) {}

  /** All that the recipe asks for is done: trained, sampled and measured. */
  default void completed() {}

  /** Something the user should know. */
  default void note(String line) {}
}

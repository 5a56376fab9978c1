package org.score4j;

import java.util.function.Function;
import org.score4j.api.Progress;

/**
 * Follows long work stage by stage, and can cancel it: every method but {@link #note} may throw
 * {@link java.util.concurrent.CancellationException}, which workers let pass.
 */
public interface Monitor {

  /** Ignores everything and never cancels. */
  static Monitor none() {
    return new Monitor() {
      @Override
      public Stage begin(String label, String unit, long done) {
        return (step, total) -> {};
      }

      @Override
      public void note(String line) {}

      @Override
      public void check() {}
    };
  }

  /** Progress of one stage. */
  @FunctionalInterface
  interface Stage extends Progress, AutoCloseable {

    /** A value to show beside the progress, for example {@code "loss 0.0123"}; empty for none. */
    default void note(String value) {}

    @Override
    default void close() {}
  }

  /**
   * Begins a stage.
   *
   * @param label what is done, for example {@code "train"}
   * @param unit one step, in the singular, for example {@code "step"}
   * @param done steps that were done before, more than 0 in resumed work
   */
  Stage begin(String label, String unit, long done);

  /** Something the user should know. */
  void note(String line);

  /** Returns unless the work is to be cancelled. */
  void check();

  /** Runs work as one stage. */
  default <T> T over(String label, String unit, Function<Progress, T> work) {
    try (Stage stage = begin(label, unit, 0)) {
      return work.apply(stage);
    }
  }
}

package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.util.function.Function;
import org.score4j.api.Progress;
import org.score4j.runner.console.ProgressBar;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.run.Interruption;

/** Shows the progress of work, and ends it when the user does. */
final class Watch {
  private final ProgressDisplay display;
  private final Interruption interruption;

  @Inject
  Watch(ProgressDisplay display, Interruption interruption) {
    this.display = display;
    this.interruption = interruption;
  }

  /**
   * Lets work be done.
   *
   * @param label what is done, for example {@code "encode"}
   * @param unit one step, in the singular, for example {@code "step"}
   */
  <T> T over(String label, String unit, Function<Progress, T> work) {
    try (ProgressBar bar = display.begin(label, unit, 0)) {
      return work.apply(
          (done, total) -> {
            bar.step(done, total);
            interruption.check();
          });
    }
  }
}

package org.score4j.runner.command;

import jakarta.inject.Inject;
import org.score4j.Monitor;
import org.score4j.runner.console.ProgressBar;
import org.score4j.runner.console.ProgressDisplay;

/** Shows work as progress bars, and cancels it on Ctrl-C. */
final class ConsoleMonitor implements Monitor {
  private final ProgressDisplay display;
  private final Interruption interruption;

  @Inject
  ConsoleMonitor(ProgressDisplay display, Interruption interruption) {
    this.display = display;
    this.interruption = interruption;
  }

  @Override
  public Stage begin(String label, String unit, long done) {
    ProgressBar bar = display.begin(label, unit, done);
    return new Stage() {
      @Override
      public void step(long step, long total) {
        bar.step(step, total);
        interruption.check();
      }

      @Override
      public void note(String value) {
        bar.note(value);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  @Override
  public void note(String line) {
    display.println(line);
  }

  @Override
  public void check() {
    interruption.check();
  }
}

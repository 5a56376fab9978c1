package org.score4j.run;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.score4j.Monitor;

/**
 * Cancels work when its thread is interrupted.
 *
 * @param notes hears what the user should know
 */
public record ThreadMonitor(Consumer<String> notes) implements Monitor {
  @Override
  public Stage begin(String label, String unit, long done) {
    return (step, total) -> check();
  }

  @Override
  public void note(String line) {
    notes.accept(line);
  }

  @Override
  public void check() {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}

package org.score4j.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.score4j.DrawnSamples;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.api.Metric;

/** Several listeners, called in order; each hears of the end whatever the others throw. */
public final class RunListeners implements RunListener {
  private final Set<RunListener> listeners;

  /** All of them. */
  @Inject
  public RunListeners(Set<RunListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void started(Start start) {
    listeners.forEach(each -> each.started(start));
  }

  @Override
  public void updating(long step, Supplier<Map<String, float[]>> gradients) {
    listeners.forEach(each -> each.updating(step, gradients));
  }

  @Override
  public void logged(long step, Map<String, Object> values) {
    listeners.forEach(each -> each.logged(step, values));
  }

  @Override
  public void step(TrainedStep step) {
    listeners.forEach(each -> each.step(step));
  }

  @Override
  public void saving(long step) {
    listeners.forEach(each -> each.saving(step));
  }

  @Override
  public void checkpoint(long step, Path file) {
    listeners.forEach(each -> each.checkpoint(step, file));
  }

  @Override
  public void finished(Outcome outcome) {
    toEach(each -> each.finished(outcome));
  }

  @Override
  public void failed() {
    toEach(RunListener::failed);
  }

  @Override
  public void sampled(DrawnSamples drawn) {
    listeners.forEach(each -> each.sampled(drawn));
  }

  @Override
  public void measured(List<Metric.Measurement> measurements) {
    listeners.forEach(each -> each.measured(measurements));
  }

  @Override
  public void completed() {
    listeners.forEach(RunListener::completed);
  }

  @Override
  public void note(String line) {
    listeners.forEach(each -> each.note(line));
  }

  private void toEach(Consumer<RunListener> event) {
    RuntimeException[] first = {null};
    for (RunListener each : listeners) {
      try {
        event.accept(each);
      } catch (RuntimeException e) {
        if (first[0] == null) {
          first[0] = e;
        } else {
          first[0].addSuppressed(e);
        }
      }
    }
    if (first[0] != null) {
      throw first[0];
    }
  }
}

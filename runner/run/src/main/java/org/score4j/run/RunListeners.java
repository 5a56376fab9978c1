package org.score4j.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.score4j.DrawnSamples;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.api.Metric;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several listeners, called in order; each hears of the end whatever the others throw. One that a
 * jar of plugins provides as a service can cancel the run, but no fault of its own ends it.
 */
public final class RunListeners implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(RunListeners.class);

  private final List<RunListener> own;
  private final List<RunListener> provided;

  @Inject
  RunListeners(Set<RunListener> own, PluginCatalogue catalogue) {
    this(own, catalogue.others(RunListener.class));
  }

  RunListeners(Collection<RunListener> own, Collection<RunListener> provided) {
    this.own = List.copyOf(own);
    this.provided = new ArrayList<>(provided);
  }

  @Override
  public void started(Start start) {
    call(each -> each.started(start));
  }

  @Override
  public void updating(long step, Supplier<Map<String, float[]>> gradients) {
    call(each -> each.updating(step, gradients));
  }

  @Override
  public void logged(long step, Map<String, Object> values) {
    call(each -> each.logged(step, values));
  }

  @Override
  public void step(TrainedStep step) {
    call(each -> each.step(step));
  }

  @Override
  public void saving(long step) {
    call(each -> each.saving(step));
  }

  @Override
  public void checkpoint(long step, Path file) {
    call(each -> each.checkpoint(step, file));
  }

  @Override
  public void finished(Outcome outcome) {
    callAll(each -> each.finished(outcome));
  }

  @Override
  public void failed() {
    callAll(RunListener::failed);
  }

  @Override
  public void sampled(DrawnSamples drawn) {
    call(each -> each.sampled(drawn));
  }

  @Override
  public void measured(List<Metric.Measurement> measurements) {
    call(each -> each.measured(measurements));
  }

  @Override
  public void completed() {
    call(RunListener::completed);
  }

  @Override
  public void note(String line) {
    call(each -> each.note(line));
  }

  private void call(Consumer<RunListener> event) {
    own.forEach(event);
    callProvided(event);
  }

  private void callProvided(Consumer<RunListener> event) {
    provided.removeIf(each -> fails(each, event));
  }

  private static boolean fails(RunListener listener, Consumer<RunListener> event) {
    try {
      event.accept(listener);
      return false;
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} failed and is not called again", listener.getClass().getName(), e);
      return true;
    }
  }

  private void callAll(Consumer<RunListener> event) {
    RuntimeException[] first = {null};
    for (RunListener each : own) {
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
    callProvided(event);
    if (first[0] != null) {
      throw first[0];
    }
  }
}

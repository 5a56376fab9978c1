package org.score4j.training;

import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.score4j.RunListener;
import org.score4j.folder.MetricsLog;
import org.score4j.folder.RunFolder;

/** Keeps what is logged in {@code metrics.jsonl}. */
public final class MetricsListener implements RunListener {
  private final RunFolder folder;
  private Optional<MetricsLog> log = Optional.empty();

  @Inject
  MetricsListener(RunFolder folder) {
    this.folder = folder;
  }

  @Override
  public void started(Start start) {
    log = Optional.of(MetricsLog.continueAfter(folder.metrics(), start.done()));
  }

  @Override
  public void logged(long step, Map<String, Object> values) {
    log.ifPresent(lines -> lines.add(values));
  }

  @Override
  public void saving(long step) {
    log.ifPresent(MetricsLog::force);
  }

  @Override
  public void finished(Outcome outcome) {
    close();
  }

  @Override
  public void failed() {
    close();
  }

  private void close() {
    log.ifPresent(MetricsLog::close);
    log = Optional.empty();
  }
}

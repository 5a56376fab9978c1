package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.score4j.report.Report;
import org.score4j.run.Run;

/** A run with the page that shows it. */
final class ShownRun {
  private final Run run;
  private final Report report;

  @Inject
  ShownRun(Run run, Report report) {
    this.run = run;
    this.report = report;
  }

  Run run() {
    return run;
  }

  /** Where the page is; empty if there is none, or it could not be written when it last should. */
  Optional<Path> page() {
    return report.page();
  }
}

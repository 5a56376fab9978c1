package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the page of a run anew. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a run's page, report.html, anew from what the run folder holds.",
      "Training, sampling and evaluation do so themselves."
    })
final class ReportCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private Plugins plugins;
  @Mixin private SettingsOption settings;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to. Default: report.html in the run folder.")
  private Optional<Path> output = Optional.empty();

  @Inject
  ReportCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    Path file = output.orElseGet(() -> new RunFolder(run).report());
    new NewOutput(file, true).checkFilePlace();
    runs.read(
        run,
        settings.get(),
        plugins,
        Report.class,
        report -> {
          report.complete(file);
          return file;
        });
    System.out.println("page: " + file);
    return 0;
  }
}

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
      "Rewrites a run's page, report.html, from the contents of the run folder.",
      "Training, sampling and evaluation also update it."
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
      description = "Output file. Default: report.html in the run folder.")
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

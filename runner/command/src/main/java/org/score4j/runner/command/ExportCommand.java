package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.interop.ExportFormat;
import org.score4j.interop.checkpoint.Exporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a trained run's model for others to read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Exports the model of a run's newest checkpoint to another format.",
      "safetensors   weights by our names",
      "reference     weights by the names and in the layouts of score_sde_pytorch",
      "savedmodel    a TensorFlow SavedModel with signatures score(x, t) and denoise(x, t)",
      "frozen        a classifier as a TensorFlow graph, for the feature extractor frozen-graph"
    })
final class ExportCommand implements Callable<Integer> {
  private final Runs runs;
  @Mixin private Plugins plugins;
  @Mixin private SettingsOption settings;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "One of safetensors, reference, savedmodel, frozen.")
  private ExportFormat format;

  @Mixin private OutputOptions output;

  @Inject
  ExportCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    List<String> notes =
        runs.read(
            run,
            settings.get(),
            plugins,
            Exporter.class,
            exporter -> exporter.export(format, output.weights(), output.output()));
    System.out.println("exported: " + output.path());
    notes.forEach(note -> System.out.println("note: " + note));
    return 0;
  }
}

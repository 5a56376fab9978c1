package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.Monitor;
import org.score4j.engine.weights.WeightImport;
import org.score4j.interop.checkpoint.GivenWeights;
import org.score4j.interop.checkpoint.Importer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a run of weights that others trained. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Creates a run from published weights, to sample from or to fine-tune.",
      "The recipe describes the network; a diffusers pipeline needs none."
    })
final class ImportCommand implements Callable<Integer> {
  private final Runs runs;
  private final Monitor monitor;
  @Mixin private RecipeOptions options;
  @Mixin private Plugins plugins;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      required = true,
      description =
          "A checkpoint with the names of score_sde_pytorch (.pth or safetensors), or a diffusers"
              + " folder: a pipeline, or a UNet2DModel with --recipe; or a score4j run folder or"
              + " file, as for train --from.")
  private Path weights;

  @Inject
  ImportCommand(Runs runs, Monitor monitor) {
    this.runs = runs;
    this.monitor = monitor;
  }

  @Override
  public Integer call() {
    var given =
        new GivenWeights(weights, "--recipe FILE is missing: the recipe of the run to be made");
    GivenWeights.Imported imported = runs.adopt(given, options, plugins, monitor);
    imported
        .foreign()
        .map(ImportCommand::lines)
        .orElseGet(() -> List.of("imported: " + RunLines.shown(imported.checkpoint())))
        .forEach(System.out::println);
    imported.notes().forEach(note -> System.out.println("note: " + note));
    return 0;
  }

  private static List<String> lines(Importer.Imported imported) {
    WeightImport weights = imported.weights();
    List<String> lines = new ArrayList<>();
    lines.add(
        "imported "
            + (weights.averaged()
                ? "parameters and EMA weights"
                : "parameters, also used as EMA weights")
            + (weights.continues() ? ", Adam's memory, step " + weights.step() : "")
            + ": "
            + RunLines.shown(imported.checkpoint()));
    if (!weights.place().isEmpty()) {
      lines.add("found under " + weights.place());
    }
    imported.notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }
}

package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.score4j.Monitor;
import org.score4j.engine.weights.TrainedWeights;
import org.score4j.engine.weights.WeightImport;
import org.score4j.interop.AuthorsNetwork;
import org.score4j.interop.Importer;
import org.score4j.interop.WeightNames;
import org.score4j.interop.diffusers.DiffusersFolder;
import org.score4j.interop.diffusers.GivenNetwork;
import org.score4j.recipe.Completion;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.training.WeightSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a run of weights that others trained. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a run from published weights, to sample from or to train further.",
      "A recipe describes the network, unless the weights are a pipeline of diffusers."
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
          "A checkpoint with the names of score_sde_pytorch (.pth or safetensors), or a folder of"
              + " diffusers: a pipeline, or a UNet2DModel with --recipe; or a run folder or file of"
              + " score4j, as of train --from.")
  private Path weights;

  @Inject
  ImportCommand(Runs runs, Monitor monitor) {
    this.runs = runs;
    this.monitor = monitor;
  }

  @Override
  public Integer call() {
    if (!Files.exists(weights)) {
      throw new BadInput(weights + ": there is no such file or folder");
    }
    // A pipe would be waited for forever.
    if (!Files.isRegularFile(weights) && !Files.isDirectory(weights)) {
      throw new BadInput(weights + ": is a pipe or a device; give a file or folder");
    }
    Optional<RecipeText> recipe = options.recipe().map(RecipeText::of);
    if (WeightSource.isOurs(weights)) {
      RecipeText given = recipe.orElseThrow(() -> new BadInput(missingRecipe()));
      Path made =
          runs.start(given, options, plugins, importer -> importer.adopt(weights, monitor::note));
      System.out.println("imported: " + RunLines.shown(made));
    } else if (DiffusersFolder.holds(weights)) {
      DiffusersFolder folder = DiffusersFolder.in(weights);
      RecipeText text = recipe.orElseGet(folder::recipe);
      start(
          text,
          recipe.isPresent() ? new GivenNetwork(folder) : Completion.NONE,
          folder::notes,
          folder.weights(),
          WeightNames.DIFFUSERS);
    } else {
      RecipeText given =
          recipe.orElseThrow(
              () ->
                  new BadInput(
                      missingRecipe() + "; " + weights + " does not say which network it holds"));
      start(
          given, new AuthorsNetwork(), List::of, TrainedWeights.open(weights), WeightNames.AUTHORS);
    }
    return 0;
  }

  private static String missingRecipe() {
    return "--recipe FILE is missing: the recipe of the run to be made";
  }

  private void start(
      RecipeText recipe,
      Completion completion,
      Supplier<List<String>> notes,
      TrainedWeights trained,
      WeightNames names) {
    List<String> added = new ArrayList<>();
    Importer.Imported imported =
        runs.start(
            recipe,
            options,
            plugins,
            completion,
            added::addAll,
            importer -> importer.adopt(trained, names));
    lines(imported).forEach(System.out::println);
    added.addAll(notes.get());
    added.forEach(note -> System.out.println("note: " + note));
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

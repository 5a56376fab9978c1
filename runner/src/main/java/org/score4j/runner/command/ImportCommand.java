package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.engine.TrainedWeights;
import org.score4j.runner.diffusers.DiffusersFolder;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.recipe.RecipeText;
import org.score4j.runner.run.WeightNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a run of weights that others trained. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a run of published weights, from which sample and train go on.",
      "A recipe names the network; a folder of diffusers says itself what it holds."
    })
final class ImportCommand implements Callable<Integer> {
  private final RunOpener opener;
  @Mixin private RecipeOptions options;
  @Mixin private Plugins plugins;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      required = true,
      description =
          "A checkpoint of score_sde_pytorch (.pth), a safetensors file with its names, or the"
              + " folder of a diffusers pipeline.")
  private Path weights;

  @Inject
  ImportCommand(RunOpener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    if (!Files.exists(weights)) {
      throw new BadInput(weights + ": there is no such file or folder");
    }
    Optional<RecipeText> recipe = options.recipe().map(RecipeText::of);
    if (Files.isDirectory(weights)) {
      DiffusersFolder folder = DiffusersFolder.in(weights);
      start(recipe.orElseGet(folder::recipe), folder.weights(), WeightNames.DIFFUSERS);
    } else {
      RecipeText given =
          recipe.orElseThrow(
              () ->
                  new BadInput(
                      "--recipe FILE is missing: "
                          + weights
                          + " does not say of which network its tensors are"));
      start(given, TrainedWeights.open(weights), WeightNames.AUTHORS);
    }
    return 0;
  }

  private void start(RecipeText recipe, TrainedWeights trained, WeightNames names) {
    opener.start(
        recipe,
        options,
        plugins,
        run -> {
          run.adopt(trained, names);
          return run;
        });
  }
}

package org.score4j.interop.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.Monitor;
import org.score4j.engine.weights.TrainedWeights;
import org.score4j.folder.StartOptions;
import org.score4j.interop.diffusers.DiffusersFolder;
import org.score4j.interop.diffusers.GivenNetwork;
import org.score4j.recipe.Completion;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.run.OpenRun;
import org.score4j.run.Opening;
import org.score4j.run.RunOpener;
import org.score4j.training.WeightSource;

/**
 * Weights in a file or folder of score4j, diffusers or score_sde_pytorch, recognized by what it
 * holds, to be made a run.
 *
 * @param path of the weights
 * @param missingRecipe what to say where a recipe is needed and there is none
 */
public record GivenWeights(Path path, String missingRecipe) {

  /**
   * Looks whether there is anything.
   *
   * @throws BadInput if there is no such file or folder
   */
  public GivenWeights {
    if (!Files.exists(path)) {
      throw new BadInput(path + ": there is no such file or folder");
    }
    // A pipe would be waited for forever.
    if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new BadInput(path + ": is a pipe or a device; give a file or folder");
    }
  }

  /**
   * What was imported.
   *
   * @param checkpoint that holds the weights now
   * @param foreign how weights of others were found; empty for score4j's own
   * @param notes for the user
   */
  public record Imported(
      Path checkpoint, Optional<Importer.Imported> foreign, List<String> notes) {}

  /**
   * Makes a run of the weights.
   *
   * @param recipe of the run; may be empty for a pipeline of diffusers
   * @param settings that replace values of it
   * @param output the run folder; by the recipe's name if empty
   * @throws BadInput if recipe, weights or folder cannot be used
   */
  public Imported into(
      RunOpener opener,
      Optional<RecipeText> recipe,
      List<String> settings,
      Optional<Path> output,
      PluginCatalogue catalogue,
      Monitor monitor) {
    if (WeightSource.isOurs(path)) {
      RecipeText given = recipe.orElseThrow(() -> new BadInput(missingRecipe));
      var opening = Opening.of(given, settings, output, catalogue, StartOptions.NONE);
      try (OpenRun run = opener.open(opening)) {
        Path made = run.write(Importer.class, importer -> importer.adopt(path, monitor::note));
        return new Imported(made, Optional.empty(), List.of());
      }
    }
    List<String> notes = new ArrayList<>();
    if (DiffusersFolder.holds(path)) {
      DiffusersFolder folder = DiffusersFolder.in(path);
      Completion completion = recipe.isPresent() ? new GivenNetwork(folder) : Completion.NONE;
      RecipeText text = recipe.orElseGet(folder::recipe);
      var opening = Opening.ofOthers(text, settings, output, catalogue, completion, notes::addAll);
      Imported imported = foreign(opener, opening, folder.weights(), WeightNames.DIFFUSERS, notes);
      notes.addAll(folder.notes());
      return imported;
    }
    RecipeText given =
        recipe.orElseThrow(
            () ->
                new BadInput(missingRecipe + "; " + path + " does not say which network it holds"));
    TrainedWeights weights = TrainedWeights.open(path);
    var opening =
        Opening.ofOthers(given, settings, output, catalogue, new AuthorsNetwork(), notes::addAll);
    return foreign(opener, opening, weights, WeightNames.AUTHORS, notes);
  }

  private static Imported foreign(
      RunOpener opener,
      Opening opening,
      TrainedWeights weights,
      WeightNames names,
      List<String> notes) {
    try (OpenRun run = opener.open(opening)) {
      Importer.Imported imported =
          run.write(Importer.class, importer -> importer.adopt(weights, names));
      return new Imported(imported.checkpoint(), Optional.of(imported), notes);
    }
  }
}

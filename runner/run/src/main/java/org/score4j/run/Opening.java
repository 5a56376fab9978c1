package org.score4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.examples.EarlierRun;
import org.score4j.examples.Standardizing;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StartOptions;
import org.score4j.folder.StoredManifest;
import org.score4j.recipe.Completion;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;

/**
 * A run to be opened.
 *
 * @param text of the recipe
 * @param settings that replace values of it
 * @param catalogue of the plugins
 * @param recipe that they give
 * @param folder of the run
 * @param stored the manifest, if it is the recipe; empty if a recipe was given
 * @param start how a training begins
 * @param units what becomes of the units of the data
 * @param notes for the user on what was read
 */
public record Opening(
    RecipeText text,
    List<String> settings,
    PluginCatalogue catalogue,
    Recipe recipe,
    RunFolder folder,
    Optional<StoredManifest> stored,
    StartOptions start,
    BiFunction<Recipe, Examples, Standardizing> units,
    List<String> notes) {

  /**
   * A recipe, for a run that starts or resumes.
   *
   * @param output the run folder; {@code runs/NAME} by the recipe's name if empty
   * @throws BadInput if the recipe cannot be read
   */
  public static Opening of(
      RecipeText text,
      List<String> settings,
      Optional<Path> output,
      PluginCatalogue catalogue,
      StartOptions start) {
    RecipeReader reader = new RecipeReader(catalogue);
    String name = reader.read(text, settings).name();
    RunFolder folder = folder(output, name);
    List<String> all =
        EarlierRun.settings(folder.manifest(), folder.trainedTo() > 0, text, settings);
    Recipe recipe = reader.read(text, all);
    return new Opening(
        text,
        all,
        catalogue,
        recipe,
        folder,
        Optional.empty(),
        start,
        Standardizing::of,
        RecipeReader.hints(text, settings));
  }

  /**
   * A recipe for weights of others, whose model is completed first.
   *
   * @param completion of what the recipe leaves open
   * @param notes on what was added
   */
  public static Opening ofOthers(
      RecipeText text,
      List<String> settings,
      Optional<Path> output,
      PluginCatalogue catalogue,
      Completion completion,
      Consumer<List<String>> notes) {
    var reader = new RecipeReader(catalogue);
    var completed = reader.complete(text, settings, completion);
    Recipe recipe = reader.read(text, completed.settings());
    notes.accept(completed.notes());
    return new Opening(
        text,
        completed.settings(),
        catalogue,
        recipe,
        folder(output, recipe.name()),
        Optional.empty(),
        StartOptions.NONE,
        Standardizing::ofOthers,
        RecipeReader.hints(text, settings));
  }

  private static RunFolder folder(Optional<Path> output, String name) {
    return new RunFolder(output.orElseGet(() -> Path.of("runs", name)));
  }

  /**
   * A run that was started before.
   *
   * @param settings that replace values of its recipe
   * @throws BadInput if there is no run in the folder, or its recipe cannot be read
   */
  public static Opening again(Path folder, List<String> settings, PluginCatalogue catalogue) {
    RecipeText manifest = manifest(folder);
    Recipe recipe = new RecipeReader(catalogue).read(manifest, settings);
    StoredManifest stored = StoredManifest.of(manifest.source(), manifest.json());
    return new Opening(
        manifest,
        settings,
        catalogue,
        recipe,
        new RunFolder(folder),
        Optional.of(stored),
        StartOptions.NONE,
        Standardizing::of,
        Stream.concat(
                stored.change(manifest.source()).stream(),
                RecipeReader.hints(manifest, settings).stream())
            .toList());
  }

  /**
   * Reads a run's recipe with each of several settings, so that what is wrong with the last is
   * reported before the first is tried.
   *
   * @throws BadInput if there is no run in the folder, or its recipe cannot be changed so
   */
  public static void check(Path folder, List<List<String>> settings, PluginCatalogue catalogue) {
    RecipeText manifest = manifest(folder);
    var reader = new RecipeReader(catalogue);
    settings.forEach(each -> reader.read(manifest, each));
  }

  private static RecipeText manifest(Path folder) {
    Path manifest = new RunFolder(folder).manifest();
    if (!Files.isRegularFile(manifest)) {
      throw new BadInput(
          folder
              + ": is not a run folder (it has no manifest.json); runs are made by: runner"
              + " --recipe FILE");
    }
    return RecipeText.of(manifest);
  }
}

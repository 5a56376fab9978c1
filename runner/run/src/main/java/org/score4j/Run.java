package org.score4j;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.folder.StartOptions;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.run.Boundary;
import org.score4j.run.OpenRun;
import org.score4j.run.Opening;
import org.score4j.run.RunOpener;
import org.score4j.run.Score4jModule;
import org.score4j.run.ThreadMonitor;

/**
 * A run folder, in which recipes are trained: it holds the manifest, checkpoints and logged values.
 * A training that was cancelled, or whose process died, resumes to the bit when it is asked for
 * again.
 */
public final class Run {
  private final Path folder;
  private final List<Path> plugins;

  private Run(Path folder, List<Path> plugins) {
    this.folder = folder;
    this.plugins = plugins;
  }

  /** The run in a folder, which need not exist yet. */
  public static Run in(Path folder) {
    return new Run(folder, List.of());
  }

  /**
   * The same with plugins from folders of jars, besides those on the module path or class path.
   *
   * @param folders that hold jars
   */
  public Run withPlugins(Path... folders) {
    return new Run(folder, List.of(folders));
  }

  /**
   * Trains a recipe to its last step, from where an earlier training in the folder left off.
   *
   * @param recipe whose name becomes the folder's
   * @param listener follows the training
   * @return the trained model, to be closed
   * @throws InvalidInputException if recipe, data or folder cannot be used
   * @throws RunFailedException if loss or gradient stay without a finite value, or the disk refuses
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; what is done
   *     is then saved
   */
  public TrainedModel train(Recipe recipe, RunListener listener) {
    return Boundary.within(
        () -> {
          PluginCatalogue catalogue = PluginCatalogue.load(plugins);
          Recipe named = recipe.named(RecipeText.baseName(folder), recipe.seed());
          String json = RecipeWriter.pretty(new RecipeWriter(catalogue).json(named));
          Path here = Path.of("").toAbsolutePath();
          return train(new RecipeText("recipe", named.name(), here, json), catalogue, listener);
        });
  }

  /** The same for a recipe in a JSON file. */
  public TrainedModel train(Path recipe, RunListener listener) {
    return Boundary.within(
        () -> train(RecipeText.of(recipe), PluginCatalogue.load(plugins), listener));
  }

  private TrainedModel train(RecipeText text, PluginCatalogue catalogue, RunListener listener) {
    var opening = Opening.of(text, List.of(), Optional.of(folder), catalogue, StartOptions.NONE);
    RunOpener opener =
        Guice.createInjector(new Score4jModule(new ThreadMonitor(listener::note), listener))
            .getInstance(RunOpener.class);
    try (OpenRun open = opener.open(opening)) {
      open.write(
          org.score4j.run.Run.class,
          run -> {
            run.checkSampling();
            run.train();
            return run;
          });
    }
    return TrainedModel.open(folder, catalogue);
  }

  /**
   * Opens the trained model.
   *
   * @throws InvalidInputException if the folder holds no run
   */
  public TrainedModel open() {
    return Boundary.within(() -> TrainedModel.open(folder, PluginCatalogue.load(plugins)));
  }
}

package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.recipe.RecipeWriter;
import org.score4j.runner.run.Classifiers;
import org.score4j.runner.run.Evaluator;
import org.score4j.runner.run.Generator;
import org.score4j.runner.run.Manifest;
import org.score4j.runner.run.Pictures;
import org.score4j.runner.run.Run;
import org.score4j.runner.run.RunFolder;
import org.score4j.runner.run.Trainer;

/** Wires a {@link Run} from a recipe: reads it, opens its data, locks its folder. */
final class RunOpener {
  private final Injector process;

  @Inject
  RunOpener(Injector process) {
    this.process = process;
  }

  /**
   * Opens the run of a recipe, lets it work, and closes it.
   *
   * @throws BadInput if recipe, data or folder cannot be used
   */
  <T> T start(RecipeOptions options, Plugins plugins, Function<Run, T> work) {
    Path file =
        options
            .recipe()
            .orElseThrow(() -> new BadInput("--recipe FILE is missing: which recipe to run?"));
    PluginCatalogue catalogue = plugins.load();
    Recipe recipe = new RecipeReader(catalogue).read(file, options.settings());
    Path folder = options.output().orElseGet(() -> Path.of("runs", recipe.name()));
    return open(file, options.settings(), catalogue, recipe, new RunFolder(folder), work);
  }

  /**
   * Opens a run that was started before.
   *
   * @throws BadInput if there is none in the folder
   */
  <T> T reopen(Path folder, List<String> settings, Plugins plugins, Function<Run, T> work) {
    var runFolder = new RunFolder(folder);
    Path manifest = runFolder.manifest();
    if (!Files.isRegularFile(manifest)) {
      throw new BadInput(
          folder
              + ": is not a run folder (it has no manifest.json); runs are made by: runner"
              + " --recipe FILE");
    }
    PluginCatalogue catalogue = plugins.load();
    Recipe recipe = new RecipeReader(catalogue).read(manifest, settings);
    return open(manifest, settings, catalogue, recipe, runFolder, work);
  }

  private <T> T open(
      Path file,
      List<String> settings,
      PluginCatalogue catalogue,
      Recipe recipe,
      RunFolder folder,
      Function<Run, T> work) {
    try (Examples examples = recipe.data().open();
        OpenedReference reference = OpenedReference.of(recipe, examples)) {
      Injector injector =
          process.createChildInjector(
              new AbstractModule() {
                @Override
                protected void configure() {
                  bind(Recipe.class).toInstance(recipe);
                  bind(Examples.class).toInstance(examples);
                  bind(Evaluator.Reference.class).toInstance(reference.get());
                  bind(RunFolder.class).toInstance(folder);
                  bind(PluginCatalogue.class).toInstance(catalogue);
                  bind(RecipeWriter.class).toInstance(new RecipeWriter(catalogue));
                  bind(Manifest.class);
                  bind(Classifiers.class);
                  bind(Trainer.class);
                  bind(Generator.class);
                  bind(Evaluator.class);
                  bind(Pictures.class);
                  bind(Run.class);
                }
              });
      // After the data are open, so that a recipe without data leaves no empty folder behind.
      RunFolder.Lock lock = folder.lock();
      try (lock) {
        return work.apply(injector.getInstance(Run.class));
      }
    } catch (InvalidValueException e) {
      throw new RecipeReader(catalogue).located(file, settings, recipe, e);
    }
  }
}

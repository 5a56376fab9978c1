package org.score4j.interop;

import com.google.inject.Guice;
import com.google.inject.multibindings.Multibinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.Run;
import org.score4j.RunListener;
import org.score4j.TrainedModel;
import org.score4j.folder.NewOutput;
import org.score4j.folder.Weights;
import org.score4j.interop.checkpoint.Exporter;
import org.score4j.interop.checkpoint.GivenWeights;
import org.score4j.interop.checkpoint.InteropModule;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.run.Boundary;
import org.score4j.run.OpenRun;
import org.score4j.run.Opening;
import org.score4j.run.RunModule;
import org.score4j.run.RunOpener;
import org.score4j.run.Score4jModule;
import org.score4j.run.ThreadMonitor;

/** Makes runs of other programs' weights, and writes runs' weights for other programs. */
public final class ModelWeights {
  private final List<Path> plugins;

  private ModelWeights(List<Path> plugins) {
    this.plugins = plugins;
  }

  /** With the plugins on the module path or class path, and those in folders of jars. */
  public static ModelWeights withPlugins(Path... folders) {
    return new ModelWeights(List.of(folders));
  }

  /**
   * Makes a run of published weights: a checkpoint with the names of score_sde_pytorch, a folder of
   * diffusers, or what score4j has written.
   *
   * @param weights a file or folder
   * @param recipe of the run; may be empty for a pipeline of diffusers, which says what it holds
   * @param run the run folder, which holds no run yet
   * @return the model, to be closed
   * @throws org.score4j.InvalidInputException if the weights do not suit the recipe; each tensor is
   *     named
   */
  public TrainedModel importInto(Path run, Path weights, Optional<Path> recipe) {
    Boundary.within(
        () ->
            new GivenWeights(weights, "a recipe is missing: that of the run to be made")
                .into(
                    opener(),
                    recipe.map(RecipeText::of),
                    List.of(),
                    Optional.of(run),
                    PluginCatalogue.load(plugins),
                    monitor()));
    return Run.in(run).withPlugins(plugins.toArray(Path[]::new)).open();
  }

  /**
   * Writes a run's EMA weights for other programs to read.
   *
   * @param output a file, or a folder for a SavedModel; must not exist
   * @return what to know about them
   * @throws org.score4j.InvalidInputException if the model has no such form, or the output exists
   */
  public List<String> export(Path run, ExportFormat format, Path output) {
    return Boundary.within(
        () -> {
          var opening = Opening.again(run, List.of(), PluginCatalogue.load(plugins));
          try (OpenRun open = opener().open(opening)) {
            return open.read(
                Exporter.class,
                exporter -> exporter.export(format, Weights.EMA, new NewOutput(output, false)));
          }
        });
  }

  private static ThreadMonitor monitor() {
    return new ThreadMonitor(line -> {});
  }

  private static RunOpener opener() {
    return Guice.createInjector(
            new Score4jModule(monitor(), RunListener.none()),
            binder ->
                Multibinder.newSetBinder(binder, RunModule.class)
                    .addBinding()
                    .toInstance(new InteropModule()))
        .getInstance(RunOpener.class);
  }
}

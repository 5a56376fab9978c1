package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.score4j.Monitor;
import org.score4j.folder.StartOptions;
import org.score4j.interop.checkpoint.GivenWeights;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.run.DryRun;
import org.score4j.run.Estimate;
import org.score4j.run.OpenRun;
import org.score4j.run.Opening;
import org.score4j.run.RunOpener;

/** Opens runs as the options of commands say, and closes them after the work. */
final class Runs {
  private final RunOpener opener;

  @Inject
  Runs(RunOpener opener) {
    this.opener = opener;
  }

  /**
   * Opens the run of a recipe.
   *
   * @throws BadInput if recipe, data or folder cannot be used
   */
  <T> T start(
      RecipeOptions options, StartOptions start, Plugins plugins, Function<ShownRun, T> work) {
    return write(
        opening(RecipeText.of(file(options)), options, start, plugins), ShownRun.class, work);
  }

  /** Makes a run of weights. */
  GivenWeights.Imported adopt(
      GivenWeights weights, RecipeOptions options, Plugins plugins, Monitor monitor) {
    return weights.into(
        opener,
        options.recipe().map(RecipeText::of),
        options.settings(),
        options.output(),
        plugins.load(),
        monitor);
  }

  /**
   * Tries a recipe without a trace of it in its folder.
   *
   * @throws BadInput if recipe or data cannot be used
   */
  Estimate estimate(RecipeOptions options, StartOptions start, Plugins plugins, boolean sampling) {
    return read(
        opening(RecipeText.of(file(options)), options, start, plugins),
        DryRun.class,
        dry -> dry.estimate(sampling));
  }

  /**
   * Opens a run that was started before.
   *
   * @throws BadInput if there is none in the folder
   */
  <T> T reopen(Path folder, List<String> settings, Plugins plugins, Function<ShownRun, T> work) {
    return write(Opening.again(folder, settings, plugins.load()), ShownRun.class, work);
  }

  /**
   * Opens a run for something that only reads it, while it may still be training.
   *
   * @param reader what reads it
   * @throws BadInput if there is no run in the folder
   */
  <S, T> T read(Path folder, Plugins plugins, Class<S> reader, Function<S, T> work) {
    return read(folder, List.of(), plugins, reader, work);
  }

  /** The same with some values of its recipe replaced. */
  <S, T> T read(
      Path folder, List<String> settings, Plugins plugins, Class<S> reader, Function<S, T> work) {
    return read(Opening.again(folder, settings, plugins.load()), reader, work);
  }

  /** Reads a run's recipe with each of several settings before the first is tried. */
  void check(Path folder, List<List<String>> settings, Plugins plugins) {
    Opening.check(folder, settings, plugins.load());
  }

  private static Opening opening(
      RecipeText text, RecipeOptions options, StartOptions start, Plugins plugins) {
    return Opening.of(text, options.settings(), options.output(), plugins.load(), start);
  }

  private static Path file(RecipeOptions options) {
    return options
        .recipe()
        .orElseThrow(() -> new BadInput("--recipe FILE is missing: which recipe to run?"));
  }

  private <S, T> T write(Opening opening, Class<S> worker, Function<S, T> work) {
    try (OpenRun run = opener.open(opening)) {
      return run.write(worker, work);
    }
  }

  private <S, T> T read(Opening opening, Class<S> worker, Function<S, T> work) {
    try (OpenRun run = opener.open(opening)) {
      return run.read(worker, work);
    }
  }
}

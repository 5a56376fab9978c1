package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.TensorFileException;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.data.DataWarnings;
import org.score4j.runner.label.ClassMix;
import org.score4j.runner.label.ClassNotes;
import org.score4j.runner.label.SampleLabels;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Completion;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.recipe.RecipeText;
import org.score4j.runner.recipe.RecipeWriter;
import org.score4j.runner.recipe.Training;
import org.score4j.runner.run.Animator;
import org.score4j.runner.run.Classifiers;
import org.score4j.runner.run.DataOpener;
import org.score4j.runner.run.DrawnLog;
import org.score4j.runner.run.DryRun;
import org.score4j.runner.run.Estimate;
import org.score4j.runner.run.Evaluator;
import org.score4j.runner.run.Exhibits;
import org.score4j.runner.run.Exporter;
import org.score4j.runner.run.Figures;
import org.score4j.runner.run.FineTuning;
import org.score4j.runner.run.Generator;
import org.score4j.runner.run.Importer;
import org.score4j.runner.run.Latents;
import org.score4j.runner.run.Likelihood;
import org.score4j.runner.run.Manifest;
import org.score4j.runner.run.MetricsListener;
import org.score4j.runner.run.Pictures;
import org.score4j.runner.run.PlaneFigures;
import org.score4j.runner.run.Preview;
import org.score4j.runner.run.Previews;
import org.score4j.runner.run.RealFeatures;
import org.score4j.runner.run.Reference;
import org.score4j.runner.run.Report;
import org.score4j.runner.run.Run;
import org.score4j.runner.run.RunFolder;
import org.score4j.runner.run.RunListener;
import org.score4j.runner.run.RunListeners;
import org.score4j.runner.run.Scorer;
import org.score4j.runner.run.StartOptions;
import org.score4j.runner.run.StoredManifest;
import org.score4j.runner.run.TensorBoardLog;
import org.score4j.runner.run.Tracer;
import org.score4j.runner.run.Trainer;
import org.score4j.runner.size.MachineMemory;
import org.score4j.runner.size.SizeCheck;
import org.score4j.runner.units.EarlierRun;
import org.score4j.runner.units.Standardizing;

/** Wires a {@link Run} from a recipe: reads it, opens its data, locks its folder. */
final class RunOpener {
  private final Injector process;
  private final ProgressDisplay display;

  @Inject
  RunOpener(Injector process, ProgressDisplay display) {
    this.process = process;
    this.display = display;
  }

  /**
   * What is opened.
   *
   * @param text of the recipe
   * @param settings that replace values of it
   * @param recipe what they make
   * @param folder of the run
   * @param stored the manifest, if it is the recipe; empty if a recipe was given
   * @param start how a training begins
   * @param units what becomes of the units of the data
   */
  private record Opening(
      RecipeText text,
      List<String> settings,
      PluginCatalogue catalogue,
      Recipe recipe,
      RunFolder folder,
      Optional<StoredManifest> stored,
      StartOptions start,
      BiFunction<Recipe, Examples, Standardizing> units) {}

  /**
   * Opens the run of a recipe, lets it work, and closes it.
   *
   * @throws BadInput if recipe, data or folder cannot be used
   */
  <T> T start(RecipeOptions options, StartOptions start, Plugins plugins, Function<Run, T> work) {
    return open(opening(RecipeText.of(file(options)), options, start, plugins), work);
  }

  private static Opening opening(
      RecipeText text, RecipeOptions options, StartOptions start, Plugins plugins) {
    PluginCatalogue catalogue = plugins.load();
    RecipeReader reader = new RecipeReader(catalogue);
    String name = reader.read(text, options.settings()).name();
    var folder = new RunFolder(options.output().orElseGet(() -> Path.of("runs", name)));
    List<String> settings =
        EarlierRun.settings(folder.manifest(), folder.trainedTo() > 0, text, options.settings());
    Recipe recipe = reader.read(text, settings);
    return new Opening(
        text, settings, catalogue, recipe, folder, Optional.empty(), start, Standardizing::of);
  }

  private static Path file(RecipeOptions options) {
    return options
        .recipe()
        .orElseThrow(() -> new BadInput("--recipe FILE is missing: which recipe to run?"));
  }

  /** The same for a recipe that need not be in a file. */
  <T> T start(RecipeText text, RecipeOptions options, Plugins plugins, Function<Importer, T> work) {
    return open(opening(text, options, StartOptions.NONE, plugins), Importer.class, work);
  }

  /**
   * The same for weights of others, by a recipe whose model is completed first.
   *
   * @param completion of what the recipe leaves open
   * @param notes is told what was added
   */
  <T> T start(
      RecipeText text,
      RecipeOptions options,
      Plugins plugins,
      Completion completion,
      Consumer<List<String>> notes,
      Function<Importer, T> work) {
    PluginCatalogue catalogue = plugins.load();
    var reader = new RecipeReader(catalogue);
    var completed = reader.complete(text, options.settings(), completion);
    Recipe recipe = reader.read(text, completed.settings());
    notes.accept(completed.notes());
    Path folder = options.output().orElseGet(() -> Path.of("runs", recipe.name()));
    return open(
        new Opening(
            text,
            completed.settings(),
            catalogue,
            recipe,
            new RunFolder(folder),
            Optional.empty(),
            StartOptions.NONE,
            Standardizing::ofOthers),
        Importer.class,
        work);
  }

  /**
   * Tries a recipe without a trace of it in its folder.
   *
   * @throws BadInput if recipe or data cannot be used
   */
  Estimate estimate(RecipeOptions options, StartOptions start, Plugins plugins, boolean sampling) {
    return wired(
        opening(RecipeText.of(file(options)), options, start, plugins),
        injector -> injector.getInstance(DryRun.class).estimate(sampling));
  }

  /**
   * Opens a run that was started before.
   *
   * @throws BadInput if there is none in the folder
   */
  <T> T reopen(Path folder, List<String> settings, Plugins plugins, Function<Run, T> work) {
    return open(reopening(folder, settings, plugins), work);
  }

  private Opening reopening(Path folder, List<String> settings, Plugins plugins) {
    RecipeText manifest = manifest(folder);
    PluginCatalogue catalogue = plugins.load();
    Recipe recipe = new RecipeReader(catalogue).read(manifest, settings);
    StoredManifest stored = StoredManifest.of(manifest.source(), manifest.json());
    stored.change(manifest.source()).ifPresent(display::println);
    return new Opening(
        manifest,
        settings,
        catalogue,
        recipe,
        new RunFolder(folder),
        Optional.of(stored),
        StartOptions.NONE,
        Standardizing::of);
  }

  /**
   * Reads a run's recipe with each of several settings, so that what is wrong with the last is told
   * before the first is tried.
   *
   * @throws BadInput if there is no run in the folder, or its recipe cannot be changed so
   */
  void check(Path folder, List<List<String>> settings, Plugins plugins) {
    RecipeText manifest = manifest(folder);
    var reader = new RecipeReader(plugins.load());
    settings.forEach(each -> reader.read(manifest, each));
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
    return wired(
        reopening(folder, settings, plugins), injector -> work.apply(injector.getInstance(reader)));
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

  private <T> T open(Opening opening, Function<Run, T> work) {
    return open(opening, Run.class, work);
  }

  private <S, T> T open(Opening opening, Class<S> worker, Function<S, T> work) {
    return wired(
        opening,
        injector -> {
          // After the data are open, so that a recipe without data leaves no empty folder behind.
          try (RunFolder.Lock lock = opening.folder().lock()) {
            return keepingNothingRefused(lock, () -> work.apply(injector.getInstance(worker)));
          }
        });
  }

  /** Work that is refused for its recipe leaves no folder that was made for it. */
  private static <T> T keepingNothingRefused(RunFolder.Lock lock, Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInput | InvalidValueException | TensorFileException refused) {
      lock.undo();
      throw refused;
    }
  }

  private <T> T wired(Opening opening, Function<Injector, T> work) {
    var data =
        new DataOpener(
            opening.text(),
            opening.settings(),
            opening.catalogue(),
            opening.recipe(),
            opening.folder(),
            opening.stored());
    try (Examples raw = data.examples()) {
      Standardizing standardizing = opening.units().apply(opening.recipe(), raw);
      Examples examples = Standardizing.apply(raw, standardizing.recipe().standardization());
      return wired(opening, data, standardizing, examples, work);
    } catch (InvalidValueException e) {
      throw data.located(e);
    }
  }

  private <T> T wired(
      Opening opening,
      DataOpener data,
      Standardizing standardizing,
      Examples examples,
      Function<Injector, T> work) {
    Recipe recipe = standardizing.recipe();
    PluginCatalogue catalogue = opening.catalogue();
    RunFolder folder = data.checked(recipe, examples);
    try (OpenedReference reference = OpenedReference.of(data.reference(), examples)) {
      DataWarnings.of(Stream.of(examples, reference.get().examples()), display::println);
      recipe.training().ifPresent(Training::checkDevice);
      var mix = new ClassMix(examples, reference.get().examples());
      var labels = new SampleLabels(recipe, examples, mix);
      Injector injector =
          process.createChildInjector(
              new AbstractModule() {
                @Override
                protected void configure() {
                  bind(Recipe.class).toInstance(recipe);
                  bind(Standardizing.class).toInstance(standardizing);
                  bind(Examples.class).toInstance(examples);
                  bind(Reference.class).toInstance(reference.get());
                  bind(ClassMix.class).toInstance(mix);
                  bind(SampleLabels.class).toInstance(labels);
                  bind(ClassNotes.class).toInstance(new ClassNotes(recipe, mix, labels));
                  bind(RunFolder.class).toInstance(folder);
                  bind(StartOptions.class).toInstance(opening.start());
                  bind(PluginCatalogue.class).toInstance(catalogue);
                  bind(RecipeWriter.class).toInstance(new RecipeWriter(catalogue));
                  bind(Manifest.class);
                  bind(Classifiers.class);
                  bind(Trainer.class);
                  bind(Importer.class);
                  bind(FineTuning.class);
                  bind(Generator.class);
                  bind(RealFeatures.class);
                  bind(Evaluator.class);
                  bind(Pictures.class);
                  bind(Preview.class);
                  bind(Previews.class).in(Singleton.class);
                  bind(Exhibits.class);
                  bind(Figures.class);
                  bind(DrawnLog.class);
                  bind(Report.class).in(Singleton.class);
                  listeners();
                  bind(Tracer.class);
                  bind(PlaneFigures.class);
                  bind(Animator.class);
                  bind(SizeCheck.class);
                  bind(MachineMemory.class).toInstance(MachineMemory.here(folder.path()));
                  bind(DryRun.class);
                  bind(Scorer.class);
                  bind(Likelihood.class);
                  bind(Latents.class);
                  bind(Exporter.class);
                  bind(Run.class);
                }

                /** In the order in which they are called. */
                private void listeners() {
                  bind(RunListener.class).to(RunListeners.class);
                  bind(RunListeners.class);
                  var listeners = Multibinder.newSetBinder(binder(), RunListener.class);
                  List.of(
                          MetricsListener.class,
                          TensorBoardLog.class,
                          Previews.class,
                          Pictures.class,
                          Report.class,
                          TrainingDisplay.class)
                      .forEach(listener -> listeners.addBinding().to(listener));
                  bind(MetricsListener.class).in(Singleton.class);
                  bind(TensorBoardLog.class).in(Singleton.class);
                  bind(TrainingDisplay.class).in(Singleton.class);
                }
              });
      return work.apply(injector);
    }
  }
}

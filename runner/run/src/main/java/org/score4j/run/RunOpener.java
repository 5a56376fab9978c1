package org.score4j.run;

import com.google.inject.Binder;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.score4j.Monitor;
import org.score4j.RunListener;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.evaluation.DrawnLog;
import org.score4j.evaluation.Evaluator;
import org.score4j.evaluation.RealFeatures;
import org.score4j.examples.DataWarnings;
import org.score4j.examples.Reference;
import org.score4j.examples.Standardizing;
import org.score4j.flow.Latents;
import org.score4j.flow.Likelihood;
import org.score4j.folder.DataOpener;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StartOptions;
import org.score4j.label.ClassMix;
import org.score4j.label.ClassNotes;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.SamplingCompute;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.sampling.Classifiers;
import org.score4j.sampling.Generator;
import org.score4j.sampling.Scorer;
import org.score4j.size.MachineMemory;
import org.score4j.size.SizeCheck;
import org.score4j.training.FineTuning;
import org.score4j.training.MetricsListener;
import org.score4j.training.Trainer;

/** Opens the data of a run, and wires what works on it. */
public final class RunOpener {
  private final Injector process;
  private final Monitor monitor;
  private final Set<RunModule> rooms;

  /**
   * An opener.
   *
   * @param process what a run's workers can ask for besides
   * @param rooms that add workers and listeners, called in this order
   */
  @Inject
  public RunOpener(Injector process, Monitor monitor, Set<RunModule> rooms) {
    this.process = process;
    this.monitor = monitor;
    this.rooms = rooms;
  }

  /**
   * Opens a run.
   *
   * @throws org.score4j.recipe.plugin.BadInput if data or folder cannot be used
   */
  public OpenRun open(Opening opening) {
    opening.notes().forEach(monitor::note);
    var data =
        new DataOpener(
            opening.text(),
            opening.settings(),
            opening.catalogue(),
            opening.recipe(),
            opening.folder(),
            opening.stored());
    try {
      return open(opening, data, data.examples());
    } catch (InvalidValueException e) {
      throw data.located(e);
    }
  }

  private OpenRun open(Opening opening, DataOpener data, Examples raw) {
    Optional<OpenedReference> opened = Optional.empty();
    try {
      Standardizing standardizing = opening.units().apply(opening.recipe(), raw);
      Recipe recipe = standardizing.recipe();
      Examples examples = Standardizing.apply(raw, recipe.standardization());
      RunFolder folder = data.checked(recipe, examples);
      OpenedReference reference = OpenedReference.of(data.reference(), examples);
      opened = Optional.of(reference);
      DataWarnings.of(Stream.of(examples, reference.get().examples()), monitor::note);
      recipe.compute().checkDevice();
      recipe.sampling().compute().ifPresent(SamplingCompute::checkDevice);
      List<Module> modules = new ArrayList<>();
      modules.add(
          binder -> {
            binder.bind(Standardizing.class).toInstance(standardizing);
            binder.bind(StartOptions.class).toInstance(opening.start());
            bind(binder, recipe, examples, reference.get(), folder, opening.catalogue());
          });
      modules.addAll(rooms);
      return new OpenRun(opening, data, raw, reference, process.createChildInjector(modules));
    } catch (RuntimeException e) {
      opened.ifPresent(OpenedReference::close);
      raw.close();
      throw e;
    }
  }

  private static void bind(
      Binder binder,
      Recipe recipe,
      Examples examples,
      Reference reference,
      RunFolder folder,
      PluginCatalogue catalogue) {
    var mix = new ClassMix(examples, reference.examples());
    var labels = new SampleLabels(recipe, examples, mix);
    binder.bind(Recipe.class).toInstance(recipe);
    binder.bind(Examples.class).toInstance(examples);
    binder.bind(Reference.class).toInstance(reference);
    binder.bind(ClassMix.class).toInstance(mix);
    binder.bind(SampleLabels.class).toInstance(labels);
    binder.bind(ClassNotes.class).toInstance(new ClassNotes(recipe, mix, labels));
    binder.bind(RunFolder.class).toInstance(folder);
    binder.bind(PluginCatalogue.class).toInstance(catalogue);
    binder.bind(RecipeWriter.class).toInstance(new RecipeWriter(catalogue));
    binder.bind(MachineMemory.class).toInstance(MachineMemory.here(folder.path()));
    binder.bind(MetricsListener.class).in(Singleton.class);
    binder.bind(RunListener.class).to(RunListeners.class);
    Multibinder.newSetBinder(binder, RunListener.class).addBinding().to(MetricsListener.class);
    List.of(
            Manifest.class,
            Classifiers.class,
            Trainer.class,
            FineTuning.class,
            Generator.class,
            RealFeatures.class,
            Evaluator.class,
            DrawnLog.class,
            SizeCheck.class,
            DryRun.class,
            Scorer.class,
            Likelihood.class,
            Latents.class,
            RunListeners.class,
            Run.class)
        .forEach(binder::bind);
  }
}

package org.score4j.report;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.api.Examples;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.format.FileFailure;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.label.ClassMix;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.Training;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.sampling.Classifiers;
import org.score4j.sampling.Generator;
import org.score4j.sampling.SampleFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model draws at a few steps of its training, always the same few samples, kept in {@code
 * previews/} for the run's page.
 */
public final class Previews implements RunListener {
  /** The tensor that holds the samples. */
  static final String TENSOR = SampleFile.TENSOR;

  /** What draws them, whatever sampler the recipe names. */
  static final String SAMPLER =
      "{\"type\": \"dpm-solver++\", \"steps\": " + PreviewPlan.EVALUATIONS + "}";

  private static final Logger LOG = LoggerFactory.getLogger(Previews.class);

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final PluginCatalogue catalogue;
  private final Classifiers classifiers;
  private final ClassMix mix;
  private Optional<PreviewDrawing> drawing = Optional.empty();

  @Inject
  Previews(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Manifest manifest,
      PluginCatalogue catalogue,
      Classifiers classifiers,
      ClassMix mix) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.catalogue = catalogue;
    this.classifiers = classifiers;
    this.mix = mix;
  }

  @Override
  public void started(Start start) {
    drawing = recipe.training().flatMap(this::begin);
  }

  @Override
  public void step(TrainedStep step) {
    drawing.ifPresent(previews -> previews.look(step));
  }

  @Override
  public void finished(Outcome outcome) {
    close();
  }

  @Override
  public void failed() {
    close();
  }

  private void close() {
    drawing.ifPresent(PreviewDrawing::close);
    drawing = Optional.empty();
  }

  /** What draws previews of a training; empty if there are to be none, or nothing can draw them. */
  private Optional<PreviewDrawing> begin(Training training) {
    var plan = new PreviewPlan(training, recipe.logging().previews(), examples.shape());
    if (recipe.sampler().isEmpty() || plan.samples() == 0) {
      return Optional.empty();
    }
    try {
      Recipe cheap = cheap(plan.samples());
      var labels = new SampleLabels(cheap, examples, mix);
      var generator = new Generator(cheap, examples, folder, classifiers, labels);
      return Optional.of(
          new PreviewDrawing(plan, recipe.seed(), examples, generator, labels, this::of));
    } catch (BadInput e) {
      LOG.debug("not every installation has the sampler of previews: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The recipe with a sampler of few evaluations, and without controls. */
  private Recipe cheap(int count) {
    Path anywhere = folder.path();
    var text = new RecipeText("previews", recipe.name(), anywhere, manifest.recipeText());
    return new RecipeReader(catalogue)
        .read(
            text,
            List.of(
                "sampler=" + SAMPLER,
                "control=[]",
                "evaluation=[]",
                "sampling.count=" + count,
                "sampling.loop=host"));
  }

  private Path of(long step) {
    return folder
        .made(folder.previews())
        .resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
  }

  /** The samples of all previews up to a step, by their steps. */
  SortedMap<Long, float[]> upTo(long last) {
    SortedMap<Long, float[]> previews = new TreeMap<>();
    if (!Files.isDirectory(folder.previews())) {
      return previews;
    }
    try (Stream<Path> files = Files.list(folder.previews())) {
      files
          .filter(file -> file.getFileName().toString().matches("step-\\d{1,18}\\.safetensors"))
          .filter(file -> step(file) <= last)
          .forEach(file -> read(file).ifPresent(values -> previews.put(step(file), values)));
    } catch (IOException e) {
      throw FileFailure.listing(folder.previews(), e);
    }
    return previews;
  }

  private static long step(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }

  private static Optional<float[]> read(Path file) {
    try {
      TensorFile preview = TensorFile.open(file);
      preview.verify();
      return Optional.of(preview.values(TENSOR));
    } catch (TensorFileException e) {
      LOG.warn("{}; the page does without this preview", e.getMessage());
      return Optional.empty();
    }
  }
}

package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.engine.Snapshot;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TensorFileException;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.recipe.RecipeText;
import org.score4j.runner.recipe.Training;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model draws at a few steps of its training, always the same few samples, kept in {@code
 * previews/} for the run's page. They are drawn in few evaluations, whatever sampler the recipe
 * names.
 */
public final class Previews {
  private static final Logger LOG = LoggerFactory.getLogger(Previews.class);
  private static final String TENSOR = "samples";
  private static final String SAMPLER =
      "sampler={\"type\": \"dpm-solver++\", \"steps\": " + PreviewPlan.EVALUATIONS + "}";

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final PluginCatalogue catalogue;
  private final Classifiers classifiers;

  @Inject
  Previews(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Manifest manifest,
      PluginCatalogue catalogue,
      Classifiers classifiers) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.catalogue = catalogue;
    this.classifiers = classifiers;
  }

  /** When samples are to be drawn in a training, and how many. */
  PreviewPlan plan(Training training) {
    return new PreviewPlan(training, examples.shape());
  }

  /** Draws samples with parameters that are being trained, and keeps them. */
  void draw(Snapshot snapshot, int count, long step) {
    try {
      Generator generator = new Generator(cheap(count), examples, folder, classifiers);
      float[] values = generator.draw(snapshot, count, step, Progress.NONE).values();
      Files.createDirectories(folder.previews());
      var writer =
          new TensorFile.Writer(of(step), Map.of("step", Long.toString(step), "sampler", SAMPLER));
      writer.add(TENSOR, examples.shape().prepend(count), () -> values);
      writer.write();
    } catch (SamplingFailure | BadInput e) {
      // Early in training samples may run away, and not every installation has this sampler.
      LOG.debug("no preview at step {}: {}", step, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.previews() + ": " + e, e);
    }
  }

  /** The recipe with a sampler of few evaluations, and without controls. */
  private Recipe cheap(int count) {
    var text =
        new RecipeText("preview", recipe.name(), folder.path().getParent(), manifest.recipeText());
    return new RecipeReader(catalogue)
        .read(
            text,
            List.of(
                SAMPLER,
                "control=[]",
                "evaluation=[]",
                "sampling.count=" + count,
                "sampling.batchSize=" + count));
  }

  private Path of(long step) {
    return folder.previews().resolve("step-%08d.safetensors".formatted(step));
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
          .forEach(file -> read(file, last).ifPresent(values -> previews.put(step(file), values)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder.previews() + ": " + e, e);
    }
    return previews;
  }

  private static long step(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
  }

  private Optional<float[]> read(Path file, long last) {
    try {
      return step(file) > last
          ? Optional.empty()
          : Optional.of(TensorFile.open(file).values(TENSOR));
    } catch (TensorFileException e) {
      LOG.warn("{}: {}", file, e.getMessage());
      return Optional.empty();
    }
  }
}

package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Classifier;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TrainedClassifier;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeReader;

/** Classifiers that other runs trained. */
public final class Classifiers {
  private final PluginCatalogue catalogue;
  private final Examples examples;

  @Inject
  Classifiers(PluginCatalogue catalogue, Examples examples) {
    this.catalogue = catalogue;
    this.examples = examples;
  }

  /**
   * The classifier of a run folder, with its averaged parameters.
   *
   * @throws InvalidValueException if there is none, or none that is trained
   */
  TrainedClassifier of(Path run) {
    RunFolder folder = new RunFolder(run);
    if (!Files.isRegularFile(folder.manifest())) {
      throw fault(run, "must be a run folder, which has a manifest.json");
    }
    Recipe recipe = new RecipeReader(catalogue).read(folder.manifest(), List.of());
    Classifier classifier =
        recipe
            .classifier()
            .orElseThrow(() -> fault(run, "must be a run whose recipe has a classifier"));
    Optional<TensorFile> checkpoint = folder.newestCheckpoint();
    if (checkpoint.isEmpty()) {
      throw fault(run, "must be a trained run, which has a checkpoint");
    }
    return new TrainedClassifier(classifier, examples.classes(), checkpoint);
  }

  private static InvalidValueException fault(Path run, String rule) {
    return new InvalidValueException("run", run, rule);
  }
}

package org.score4j.sampling;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Classifier;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.TrainedClassifier;
import org.score4j.folder.DataDescription;
import org.score4j.folder.DataKind;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StoredManifest;
import org.score4j.format.TensorFile;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.plugin.PluginCatalogue;

/** Classifiers that other runs trained. */
public final class Classifiers {
  private final PluginCatalogue catalogue;
  private final Examples examples;

  @Inject
  public Classifiers(PluginCatalogue catalogue, Examples examples) {
    this.catalogue = catalogue;
    this.examples = examples;
  }

  /**
   * The classifier of a run folder, with its averaged parameters.
   *
   * @param sde the forward process of the samples that it is to guide
   * @throws InvalidValueException if there is none, or none that is trained, or it knows other data
   *     or another process
   */
  TrainedClassifier of(Path run, Sde sde) {
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
    if (!recipe.sde().equals(sde)) {
      throw fault(
          run, "must have the sde of the model, " + sde + ", but was trained with " + recipe.sde());
    }
    if (!recipe.standardization().equals(examples.standardization())) {
      throw fault(
          run,
          "must be trained with the standardization of the model's data; give both recipes the"
              + " same standardization");
    }
    DataDescription learnt =
        StoredManifest.in(folder.manifest())
            .flatMap(StoredManifest::data)
            .orElseGet(() -> described(recipe));
    if (!learnt.kind().equals(DataKind.of(examples)) || learnt.classes() != examples.classes()) {
      throw fault(
          run,
          "must be trained on data like the model's, "
              + DataKind.of(examples)
              + " of "
              + examples.classes()
              + " classes, but knows "
              + learnt.kind()
              + " of "
              + learnt.classes());
    }
    boolean named = !learnt.classNames().isEmpty() && !examples.classNames().isEmpty();
    if (named && !learnt.classNames().equals(examples.classNames())) {
      throw fault(
          run,
          "must know the classes of the model's data, "
              + examples.classNames()
              + ", but knows "
              + learnt.classNames());
    }
    return new TrainedClassifier(classifier, examples.classes(), checkpoint);
  }

  private static DataDescription described(Recipe recipe) {
    try (Examples learnt = recipe.data().open()) {
      return DataDescription.of(learnt);
    }
  }

  private static InvalidValueException fault(Path run, String rule) {
    return new InvalidValueException("run", run, rule);
  }
}

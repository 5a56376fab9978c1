package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.Precision;
import org.score4j.api.ReferenceWeight;
import org.score4j.engine.CheckpointEntry;
import org.score4j.engine.SamplingProgram;
import org.score4j.engine.TensorFileException;
import org.score4j.engine.TrainedWeights;
import org.score4j.engine.TrainingProgram;
import org.score4j.engine.WeightImport;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Training;

/** Makes a checkpoint of the recipe's run from weights that others trained. */
public final class Importer {
  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Trainer trainer;

  @Inject
  Importer(Recipe recipe, Examples examples, RunFolder folder, Manifest manifest, Trainer trainer) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.trainer = trainer;
  }

  /**
   * Finds every tensor; writes nothing.
   *
   * @throws BadInput if the folder holds a run, or the recipe's model is not one that others train
   * @throws TensorFileException naming every tensor that does not suit the recipe's model
   */
  WeightImport check(TrainedWeights weights, WeightNames names) {
    if (!folder.checkpoints().isEmpty()) {
      throw new BadInput(
          folder.path() + ": holds a run already; choose another --output, or delete the folder");
    }
    int height = examples.shape().numDimensions() == 3 ? (int) examples.shape().get(0) : 1;
    List<ReferenceWeight> known = names.of(recipe.scoreModel(), height);
    if (known.isEmpty()) {
      throw new BadInput(
          "model: no weights of "
              + manifest.model()
              + " with these keys are known by the names of "
              + (names == WeightNames.DIFFUSERS ? "diffusers" : "score_sde_pytorch")
              + "; ddpm-unet, ddpm++, ncsn++, ncsn and ncsn-v2 have some");
    }
    var imported = new WeightImport(known, entries(), weights, names::ignores);
    int last = recipe.training().map(Training::steps).orElse(Integer.MAX_VALUE);
    if (imported.step() > last) {
      throw new BadInput(
          weights.parameters().path()
              + ": was trained for "
              + imported.step()
              + " steps, more than training.steps = "
              + last
              + "; add --set training.steps="
              + imported.step()
              + ", or more");
    }
    return imported;
  }

  /** Writes the checkpoint. */
  Path write(WeightImport imported) {
    Path file = folder.checkpoints().of(imported.step());
    long examplesAStep =
        recipe.training().map(t -> (long) t.batchSize() * t.accumulate()).orElse(0L);
    var state = new TrainingState(imported.step(), 0, "");
    imported.write(
        file,
        state.metadata(manifest.recipeText(), recipe.seed(), imported.step() * examplesAStep));
    return file;
  }

  private List<CheckpointEntry> entries() {
    Optional<Training> training = recipe.training();
    if (training.isPresent()) {
      try (TrainingProgram program = trainer.compile(training.get())) {
        return program.entries();
      }
    }
    try (var program =
        new SamplingProgram(
            recipe.sde(),
            recipe.scoreModel(),
            recipe.sampler().orElseThrow(),
            examples.shape(),
            1,
            examples.classes(),
            Precision.FLOAT32)) {
      return program.entries();
    }
  }
}

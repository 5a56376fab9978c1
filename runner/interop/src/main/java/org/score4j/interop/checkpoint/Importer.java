package org.score4j.interop.checkpoint;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.score4j.api.Examples;
import org.score4j.api.Precision;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.weights.TrainedWeights;
import org.score4j.engine.weights.WeightImport;
import org.score4j.examples.Standardizing;
import org.score4j.folder.Manifest;
import org.score4j.folder.RunFolder;
import org.score4j.folder.TrainingState;
import org.score4j.folder.Weights;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.training.FineTuning;
import org.score4j.training.Trainer;
import org.score4j.training.WeightSource;

/** Makes a checkpoint of the recipe's run from weights that others trained. */
public final class Importer {
  /** The authors' buffer of noise levels, the largest first. */
  private static final String LEVELS = "sigmas";

  private static final String MODEL = Weights.PARAMETERS.prefix() + "/";

  /** Of ratios of levels that are float32 in the file. */
  private static final double TOLERANCE = 1e-3;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Trainer trainer;
  private final FineTuning fineTuning;
  private final Standardizing standardizing;

  @Inject
  Importer(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Manifest manifest,
      Trainer trainer,
      FineTuning fineTuning,
      Standardizing standardizing) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.trainer = trainer;
    this.fineTuning = fineTuning;
    this.standardizing = standardizing;
  }

  /**
   * What has been imported.
   *
   * @param weights as they were found
   * @param checkpoint that holds them now
   * @param notes on the units of the data
   */
  public record Imported(WeightImport weights, Path checkpoint, List<String> notes) {}

  /**
   * Makes weights that others trained the run's newest checkpoint.
   *
   * @throws BadInput if the folder holds a run, or the weights do not fit
   */
  public Imported adopt(TrainedWeights weights, WeightNames names) {
    WeightImport imported = check(weights, names);
    manifest.writeTo(folder);
    return new Imported(imported, write(imported), standardizing.notes());
  }

  /**
   * Makes our own weights this run's first checkpoint, be it to sample from or to train further.
   *
   * @param from a run folder, a checkpoint, or what export wrote
   * @param notes is told what differs
   * @return the checkpoint
   * @throws BadInput if the folder holds another run, or the weights do not fit
   */
  public Path adopt(Path from, Consumer<String> notes) {
    Weights which = WeightSource.held(from);
    if (recipe.training().isPresent()) {
      fineTuning.begin(from, which, false).forEach(notes);
    } else {
      WeightSource source = WeightSource.open(from, which);
      WeightImport imported = check(source.byPath());
      manifest.writeTo(folder, Optional.of(source.json())).forEach(notes);
      write(imported);
      fineTuning.differences(source).forEach(notes);
    }
    return folder.checkpoints().of(0);
  }

  /**
   * Finds every tensor; writes nothing.
   *
   * @throws BadInput if the folder holds a run, or the recipe's model is not one that others train
   * @throws TensorFileException naming every tensor that does not suit the recipe's model
   */
  WeightImport check(TrainedWeights weights, WeightNames names) {
    refuseRun();
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
    var imported =
        new WeightImport(known, entries(), weights, names.ignored(recipe.scoreModel(), height));
    checkNoiseLevels(imported);
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

  /**
   * Finds every tensor of weights by our own names; writes nothing.
   *
   * @throws BadInput if the folder holds a run
   * @throws TensorFileException naming every tensor that does not suit the recipe's model
   */
  WeightImport check(NamedTensors own) {
    refuseRun();
    List<CheckpointEntry> entries = entries();
    List<ReferenceWeight> known =
        entries.stream()
            .map(CheckpointEntry::name)
            .filter(name -> name.startsWith(MODEL))
            .map(name -> name.substring(MODEL.length()))
            .map(path -> new ReferenceWeight(path, path, ReferenceWeight.Layout.SAME))
            .toList();
    return new WeightImport(known, entries, () -> own, name -> false);
  }

  private void refuseRun() {
    if (!folder.checkpoints().isEmpty()) {
      throw new BadInput(
          folder.path() + ": holds a run already; choose another --output, or delete the folder");
    }
  }

  /** Networks that are told numbers of noise levels mean those of their own ladder. */
  private void checkNoiseLevels(WeightImport imported) {
    List<Double> ours =
        recipe.scoreModel() instanceof ReferenceWeights model ? model.noiseLevels() : List.of();
    if (ours.isEmpty() || !imported.others().names().contains(LEVELS)) {
      return;
    }
    float[] theirs = imported.others().values(LEVELS);
    boolean same = theirs.length == ours.size();
    for (int i = 0; same && i < theirs.length; i++) {
      same = Math.abs(theirs[i] / ours.get(i) - 1) < TOLERANCE;
    }
    if (!same) {
      throw new BadInput(
          "model: has "
              + levels(ours.size(), ours.get(0), ours.get(ours.size() - 1))
              + " (sigmaMin, sigmaMax, levels); "
              + imported.others().path()
              + " was trained on "
              + (theirs.length == 0
                  ? "none"
                  : levels(theirs.length, theirs[0], theirs[theirs.length - 1])));
    }
  }

  private static String levels(int count, double first, double last) {
    return String.format(Locale.ROOT, "%d noise levels from %.6g to %.6g", count, first, last);
  }

  /** Writes the checkpoint. */
  Path write(WeightImport imported) {
    Path file = folder.checkpoints().of(imported.step());
    long examplesAStep =
        recipe.training().map(t -> (long) t.batchSize() * t.accumulate()).orElse(0L);
    var state = new TrainingState(imported.step(), 0, "");
    imported.write(
        file,
        state.metadata(
            manifest.recipeText(),
            recipe.seed(),
            examples.fingerprint(),
            imported.step() * examplesAStep));
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

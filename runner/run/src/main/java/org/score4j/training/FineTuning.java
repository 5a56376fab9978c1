package org.score4j.training;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.score4j.api.Examples;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.engine.graph.Snapshot;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.folder.Manifest;
import org.score4j.folder.RecipeLeaves;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StoredManifest;
import org.score4j.folder.TrainingState;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts a run from the weights of another: its checkpoint of step 0 holds them as parameters and
 * as all averages, with an optimizer that has seen nothing. Data, classes, loss, optimizer and seed
 * may differ.
 */
public final class FineTuning {
  private static final String MODEL = Weights.PARAMETERS.prefix() + "/";
  private static final int MOST_SHOWN = 40;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;
  private final Trainer trainer;
  private final PluginCatalogue catalogue;

  @Inject
  FineTuning(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Manifest manifest,
      Trainer trainer,
      PluginCatalogue catalogue) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
    this.trainer = trainer;
    this.catalogue = catalogue;
  }

  /**
   * Makes the run's first checkpoint of other weights, unless the run has begun from them already.
   *
   * @return what the user is to know; possibly nothing
   * @throws BadInput if the weights cannot be read or do not fit, or the folder holds another run
   */
  public List<String> begin(Path from, Weights weights, boolean partial) {
    Training training = training();
    WeightSource source = WeightSource.open(from, weights);
    if (!folder.checkpoints().isEmpty()) {
      return resume(source);
    }
    List<String> told = new ArrayList<>();
    try (TrainingProgram program = trainer.compile(training);
        Snapshot random = program.snapshot()) {
      Fit fit = fit(source, program.entries(), partial);
      ObjectNode origin = source.json();
      if (!fit.random().isEmpty()) {
        fit.random().forEach(origin.putArray("random")::add);
      }
      told.addAll(manifest.writeTo(folder, Optional.of(origin)));
      write(source, fit, program.entries(), random);
      told.add(0, fit.words(source));
    }
    told.addAll(differences(source));
    return told;
  }

  /**
   * Whether weights fit, in words; writes nothing.
   *
   * @throws BadInput if they do not
   */
  public String check(Path from, Weights weights, boolean partial) {
    WeightSource source = WeightSource.open(from, weights);
    try (TrainingProgram program = trainer.compile(training())) {
      return fit(source, program.entries(), partial).words(source);
    }
  }

  private Training training() {
    return recipe
        .training()
        .orElseThrow(
            () -> new BadInput("--from: the recipe has no training, which is to start from it"));
  }

  private List<String> resume(WeightSource source) {
    boolean same =
        StoredManifest.in(folder.manifest())
            .flatMap(StoredManifest::from)
            .filter(source::isThatOf)
            .isPresent();
    if (!same) {
      throw new BadInput(
          folder.path()
              + ": holds a run that did not start from these weights of "
              + source.file().path()
              + "; choose another --output, or resume it without --from");
    }
    return manifest.writeTo(folder);
  }

  /**
   * Which of a network's tensors come from elsewhere.
   *
   * @param taken paths of those
   * @param random paths of the others, which stay as they are
   */
  private record Fit(Set<String> taken, Set<String> random) {
    String words(WeightSource source) {
      return "starting from "
          + source.weights().words()
          + " of "
          + source.file().path()
          + ": "
          + taken.size()
          + " tensors"
          + (random.isEmpty()
              ? ""
              : "; " + random.size() + " stay random: " + String.join(", ", random));
    }
  }

  private static Fit fit(WeightSource source, List<CheckpointEntry> entries, boolean partial) {
    Set<String> taken = new TreeSet<>();
    Set<String> random = new TreeSet<>();
    Set<String> unexpected = new TreeSet<>(source.tensors().keySet());
    List<String> faults = new ArrayList<>();
    for (CheckpointEntry entry : entries) {
      if (!entry.name().startsWith(MODEL)) {
        continue;
      }
      String path = entry.name().substring(MODEL.length());
      String tensor = source.tensors().get(path);
      unexpected.remove(path);
      if (tensor == null) {
        faults.add("missing " + path + " " + entry.shape());
        random.add(path);
      } else if (!source.file().shape(tensor).equals(entry.shape())) {
        faults.add(
            path + " has shape " + source.file().shape(tensor) + ", expected " + entry.shape());
        random.add(path);
      } else {
        taken.add(path);
      }
    }
    unexpected.forEach(
        path ->
            faults.add(
                "unexpected " + path + " " + source.file().shape(source.tensors().get(path))));
    if (taken.isEmpty()) {
      throw new BadInput(
          source.file().path()
              + ": holds no tensor of this recipe's network; weights of other programs are taken"
              + " in by: runner import");
    }
    if (!faults.isEmpty() && !partial) {
      List<String> lines = new ArrayList<>();
      lines.add(
          source.file().path()
              + ": does not fit the recipe's network; --from-partial leaves what does not at its"
              + " random start. "
              + faults.size()
              + " tensors differ:");
      faults.stream().limit(MOST_SHOWN).forEach(fault -> lines.add("  " + fault));
      if (faults.size() > MOST_SHOWN) {
        lines.add("  and " + (faults.size() - MOST_SHOWN) + " more");
      }
      throw new BadInput(lines);
    }
    return new Fit(taken, random);
  }

  private void write(WeightSource source, Fit fit, List<CheckpointEntry> entries, Snapshot random) {
    Map<String, Map<String, float[]>> initial = new HashMap<>();
    var writer =
        new TensorFile.Writer(
            folder.checkpoints().of(0),
            TrainingState.start()
                .metadata(manifest.recipeText(), recipe.seed(), examples.fingerprint(), 0));
    for (CheckpointEntry entry : entries) {
      int slash = entry.name().indexOf('/');
      String prefix = entry.name().substring(0, slash);
      String path = entry.name().substring(slash + 1);
      boolean weight = entry.name().startsWith(MODEL) || prefix.startsWith(Weights.EMA.prefix());
      writer.add(
          entry.name(),
          entry.shape(),
          () ->
              weight && fit.taken().contains(path)
                  ? source.file().floats(source.tensors().get(path))
                  : initial.computeIfAbsent(prefix, random::values).get(path));
    }
    writer.write();
  }

  /** What the weights were trained for that this recipe does not do. */
  public List<String> differences(WeightSource source) {
    Map<String, String> there =
        source.recipe().map(json -> RecipeLeaves.ofWritten(json, catalogue)).orElse(Map.of());
    Map<String, String> here = RecipeLeaves.of(recipe, catalogue);
    Set<String> keys = new TreeSet<>(there.keySet());
    keys.addAll(here.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : there.isEmpty() ? Set.<String>of() : keys) {
      String before = there.getOrDefault(key, "absent");
      String now = here.getOrDefault(key, "absent");
      if (key.matches("(model|classifier|sde|standardization)\\b.*") && !before.equals(now)) {
        lines.add("  " + key + ": " + before + " there, " + now + " here");
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "warning: the weights were trained for another network, process or units:");
    }
    lines.addAll(otherClasses(source.classNames(), examples.classNames()));
    return lines;
  }

  /** A network knows its classes by their numbers. */
  private static List<String> otherClasses(List<String> there, List<String> here) {
    List<String> others =
        IntStream.range(0, Math.min(there.size(), here.size()))
            .filter(c -> !there.get(c).equals(here.get(c)))
            .mapToObj(
                c -> "  class " + c + ": " + there.get(c) + " there, " + here.get(c) + " here")
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("note: the weights were trained on other classes:");
    others.stream().limit(MOST_SHOWN).forEach(lines::add);
    if (others.size() > MOST_SHOWN) {
      lines.add("  and " + (others.size() - MOST_SHOWN) + " more");
    }
    return lines;
  }
}

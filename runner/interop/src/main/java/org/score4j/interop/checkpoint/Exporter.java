package org.score4j.interop.checkpoint;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.Standardization;
import org.score4j.engine.export.ServableScore;
import org.score4j.engine.sampling.FrozenClassifier;
import org.score4j.engine.sampling.TrainedClassifier;
import org.score4j.folder.Manifest;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.TrainingState;
import org.score4j.folder.Weights;
import org.score4j.format.AsideFile;
import org.score4j.format.FileFailure;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.interop.ExportFormat;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

/** Writes a run's model, as its newest checkpoint has it, in a form that others read. */
public final class Exporter {
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final Set<String> OF_SAVED_MODEL =
      Set.of(
          SAVED_MODEL,
          "variables",
          "assets",
          "assets.extra",
          "fingerprint.pb",
          "keras_metadata.pb",
          "debug");

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Manifest manifest;

  @Inject
  Exporter(Recipe recipe, Examples examples, RunFolder folder, Manifest manifest) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Writes the model.
   *
   * @return what its reader is to know; possibly nothing
   * @throws BadInput if there is no such form of it, or it cannot be written there
   */
  public List<String> export(ExportFormat format, Weights weights, NewOutput output) {
    switch (format) {
      case SAFETENSORS -> {
        output.checkFile();
        ownNames(weights, output.path());
      }
      case REFERENCE -> {
        output.checkFile();
        authorsNames(weights, output.path());
      }
      case FROZEN -> {
        output.checkFile();
        frozen(output.path());
      }
      case SAVEDMODEL -> {
        output.check();
        savedModel(weights, output.path());
      }
    }
    boolean bare = format == ExportFormat.SAFETENSORS || format == ExportFormat.REFERENCE;
    return bare ? examples.standardization().stream().map(Exporter::words).toList() : List.of();
  }

  /** Weights alone do not change units, as graphs do. */
  private static String words(Standardization units) {
    return "the network takes standardized data, (y - mean) / deviation, with mean "
        + units.mean()
        + " and deviation "
        + units.deviation();
  }

  private void ownNames(Weights weights, Path output) {
    TensorFile checkpoint = checkpoint();
    Map<String, Shape> shapes = shapes(checkpoint, weights);
    try (var stream = new TensorStream(output, texts(checkpoint, weights), shapes)) {
      shapes.keySet().forEach(path -> stream.write(path, values(checkpoint, weights, path)));
      stream.finish();
    }
  }

  private void authorsNames(Weights weights, Path output) {
    if (!(recipe.scoreModel() instanceof ReferenceWeights model)) {
      throw new BadInput(
          folder.path()
              + ": its model has no published counterpart whose names --format reference could"
              + " use; use --format safetensors");
    }
    refuseOtherNetworks(model);
    TensorFile checkpoint = checkpoint();
    Map<String, Shape> ours = shapes(checkpoint, weights);
    List<ReferenceWeight> references =
        model.referenceWeights(Math.toIntExact(examples.shape().get(0)));
    refuseUnlisted(ours.keySet(), references);
    Map<String, Shape> theirs = new LinkedHashMap<>();
    for (ReferenceWeight weight : references) {
      Shape shape = weight.referenceShape(ours.get(weight.path()));
      weight.references().forEach(name -> theirs.put(name, shape));
    }
    try (var stream = new TensorStream(output, texts(checkpoint, weights), theirs)) {
      for (ReferenceWeight weight : references) {
        float[] values = values(checkpoint, weights, weight.path());
        weight.tensors(values, ours.get(weight.path())).forEach(stream::write);
      }
      stream.finish();
    }
  }

  /** With the same weights the authors' code would compute something else. */
  private void refuseOtherNetworks(ReferenceWeights model) {
    List<String> problems =
        model.authorsValues(recipe.sde()).entrySet().stream()
            .map(
                value ->
                    folder.path()
                        + ": model."
                        + value.getKey()
                        + ": must be "
                        + value.getValue()
                        + " for score_sde_pytorch to compute this network; use --format safetensors")
            .toList();
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    Set<String> unused = model.unusedReferences(Math.toIntExact(examples.shape().get(0)));
    if (!unused.isEmpty()) {
      throw new BadInput(
          folder.path()
              + ": score_sde_pytorch's network of these keys also has "
              + unused.size()
              + " tensors that it does not use, which this run has none of; use --format"
              + " safetensors");
    }
  }

  private TensorFile checkpoint() {
    if (folder.checkpoints().isEmpty() && recipe.training().isEmpty()) {
      throw new BadInput(
          folder.path() + ": its model has no weights to be exported; use --format savedmodel");
    }
    return folder.trained();
  }

  /** A network with more in it than the authors' would not be the same without. */
  private void refuseUnlisted(Set<String> paths, List<ReferenceWeight> references) {
    Set<String> unlisted = new TreeSet<>(paths);
    references.forEach(weight -> unlisted.remove(weight.path()));
    if (!unlisted.isEmpty()) {
      throw new BadInput(
          folder.path()
              + ": the authors' network has nothing for "
              + String.join(", ", unlisted)
              + "; use --format safetensors");
    }
  }

  /** Every weight of the checkpoint, by its path. */
  private static Map<String, Shape> shapes(TensorFile checkpoint, Weights weights) {
    String prefix = weights.prefix() + "/";
    Map<String, Shape> shapes = new LinkedHashMap<>();
    checkpoint.names().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> shapes.put(name.substring(prefix.length()), checkpoint.shape(name)));
    return shapes;
  }

  private static float[] values(TensorFile checkpoint, Weights weights, String path) {
    return checkpoint.floats(weights.prefix() + "/" + path);
  }

  private Map<String, String> texts(TensorFile checkpoint, Weights weights) {
    return Map.of(
        "step", Long.toString(TrainingState.of(checkpoint).step()),
        "weights", weights.name().toLowerCase(Locale.ROOT),
        "recipe", manifest.recipeText());
  }

  private void frozen(Path output) {
    var classifier =
        recipe
            .classifier()
            .orElseThrow(
                () ->
                    new BadInput(
                        folder.path() + ": this run trained no classifier, as frozen needs"));
    var trained =
        new TrainedClassifier(classifier, examples.classes(), Optional.of(folder.trained()));
    byte[] graph =
        FrozenClassifier.of(recipe.sde(), trained, examples.shape(), examples.standardization());
    AsideFile.write(output, out -> out.write(graph));
  }

  private void savedModel(Weights weights, Path output) {
    refuseOther(output);
    try (var servable =
        new ServableScore(
            recipe.sde(),
            recipe.scoreModel(),
            examples.shape(),
            recipe.scoreModel().conditional() ? examples.classes() : 0,
            recipe.samplingCompute().precision(),
            examples.standardization())) {
      if (servable.parameterCount() > 0) {
        servable.load(this.folder.trained(), weights.prefix());
      }
      Path folder = output.toAbsolutePath().normalize();
      Path aside = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".");
      try {
        servable.export(aside.resolve("model"));
        if (Files.exists(folder)) {
          Files.move(folder, aside.resolve("replaced"));
        }
        Files.move(aside.resolve("model"), folder);
      } finally {
        delete(aside);
      }
    } catch (IOException e) {
      throw FileFailure.writing(output, e);
    }
  }

  /** Only a SavedModel is replaced, and none with anything beside it in its folder. */
  private static void refuseOther(Path output) {
    if (!Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(output.resolve(SAVED_MODEL))) {
      throw new BadInput(output + ": is not a SavedModel, and is not replaced");
    }
    try (Stream<Path> inside = Files.list(output)) {
      List<String> others =
          inside
              .map(path -> path.getFileName().toString())
              .filter(name -> !OF_SAVED_MODEL.contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new BadInput(
            output
                + ": is not replaced, as it holds more than a SavedModel: "
                + String.join(", ", others));
      }
    } catch (IOException e) {
      throw FileFailure.listing(output, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

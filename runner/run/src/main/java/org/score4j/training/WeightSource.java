package org.score4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.score4j.engine.training.ParameterAverage;
import org.score4j.engine.weights.RenamedTensors;
import org.score4j.folder.DataDescription;
import org.score4j.folder.RunFolder;
import org.score4j.folder.StoredManifest;
import org.score4j.folder.TrainingState;
import org.score4j.folder.Weights;
import org.score4j.format.FileFailure;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Weights by our own names, of which a run is to start.
 *
 * @param file that holds them
 * @param tensors its names of them, by the paths of the parameters
 * @param weights which they are
 */
public record WeightSource(TensorFile file, Map<String, String> tensors, Weights weights) {
  private static final String MODEL = Weights.PARAMETERS.prefix() + "/";
  private static final String STEP = "step";
  private static final String WEIGHTS = "weights";

  /**
   * Whether a folder is a run, or a file holds weights with the recipe by which they were trained,
   * as checkpoints do and what {@code export --format safetensors} writes.
   */
  public static boolean isOurs(Path path) {
    if (Files.isDirectory(path)) {
      return Files.isRegularFile(new RunFolder(path).manifest());
    }
    if (!path.toString().endsWith(".safetensors")) {
      return false;
    }
    try {
      TensorFile file = TensorFile.open(path);
      // The authors' names, which export writes too, have dots.
      return file.metadata().containsKey(TrainingState.RECIPE)
          && file.names().stream().anyMatch(name -> name.contains("/"));
    } catch (TensorFileException e) {
      return false;
    }
  }

  /**
   * Which weights to take of a run, checkpoint or export: EMA, unless it holds the parameters
   * alone.
   */
  public static Weights held(Path from) {
    boolean parameters =
        Files.isRegularFile(from)
            && Weights.PARAMETERS
                .name()
                .equalsIgnoreCase(TensorFile.open(from).metadata().getOrDefault(WEIGHTS, ""));
    return parameters ? Weights.PARAMETERS : Weights.EMA;
  }

  /** The tensors by the paths of the parameters. */
  public NamedTensors byPath() {
    return new RenamedTensors(file, tensors);
  }

  /**
   * Opens weights.
   *
   * @param from a run folder, a checkpoint, or what export wrote
   * @throws BadInput if it holds none, or not those
   */
  public static WeightSource open(Path from, Weights weights) {
    if (!Files.exists(from)) {
      throw new BadInput("--from " + from + ": there is no such run folder or file");
    }
    if (!Files.isDirectory(from)) {
      return of(TensorFile.openSound(from), weights);
    }
    RunFolder run = new RunFolder(from);
    if (!Files.isRegularFile(run.manifest())) {
      throw new BadInput("--from " + from + ": is not a run folder (it has no manifest.json)");
    }
    return of(
        run.newestCheckpoint()
            .orElseThrow(() -> new BadInput("--from " + from + ": holds no checkpoint")),
        weights);
  }

  private static WeightSource of(TensorFile file, Weights weights) {
    if (file.checksum().isPresent()) {
      file.verify();
    }
    boolean checkpoint = file.names().stream().anyMatch(name -> name.startsWith(MODEL));
    String held = file.metadata().getOrDefault(WEIGHTS, weights.name());
    if (!checkpoint && !held.equalsIgnoreCase(weights.name())) {
      throw new BadInput(
          file.path()
              + ": holds the weights "
              + held
              + ", not "
              + weights.name().toLowerCase(Locale.ROOT)
              + "; ask for --from-weights "
              + held);
    }
    String prefix = checkpoint ? prefix(file, weights) + "/" : "";
    Map<String, String> tensors = new LinkedHashMap<>();
    file.names().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> tensors.put(name.substring(prefix.length()), name));
    return new WeightSource(file, tensors, weights);
  }

  /** Of several averages, the one that draws samples. */
  private static String prefix(TensorFile checkpoint, Weights weights) {
    if (weights == Weights.PARAMETERS) {
      return weights.prefix();
    }
    JsonNode recipe =
        recipe(checkpoint).<JsonNode>map(r -> r).orElse(JsonMapper.shared().nullNode());
    JsonNode chosen = recipe.path("sampling").path("ema");
    JsonNode training = recipe.path("training");
    // Checkpoints of earlier versions have the decays under training.ema.
    JsonNode decays = training.path("averaging").path("decays");
    JsonNode first = (decays.isMissingNode() ? training.path("ema") : decays).path(0);
    return chosen.isNumber()
        ? ParameterAverage.of(chosen.asDouble(), chosen.asDouble() == first.asDouble(-1)).prefix()
        : weights.prefix();
  }

  private static Optional<ObjectNode> recipe(TensorFile file) {
    try {
      String text = file.metadata().getOrDefault(TrainingState.RECIPE, "");
      return JsonMapper.shared().readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The recipe by which they were trained; empty if the file does not say. */
  Optional<ObjectNode> recipe() {
    return recipe(file);
  }

  /** The names of the classes that a run's checkpoint was trained on; empty if not known. */
  List<String> classNames() {
    Path folder = file.path().toAbsolutePath().normalize().getParent();
    RunFolder run = new RunFolder(folder.resolveSibling(""));
    if (!run.checkpoints().folder().equals(folder)) {
      return List.of();
    }
    try {
      return StoredManifest.in(run.manifest())
          .flatMap(StoredManifest::data)
          .map(DataDescription::classNames)
          .orElse(List.of());
    } catch (BadInput e) {
      // The weights are read without it.
      return List.of();
    }
  }

  /** Of the file. */
  String checksum() {
    return file.checksum().orElseGet(() -> checksum(file.path()));
  }

  private static String checksum(Path file) {
    var sum = new CRC32C();
    byte[] chunk = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        sum.update(chunk, 0, count);
      }
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** What a manifest keeps of where weights came from. */
  public ObjectNode json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("source", file.path().toAbsolutePath().normalize().toString());
    json.put("crc32c", checksum());
    json.put(WEIGHTS, weights.name().toLowerCase(Locale.ROOT));
    String step = file.metadata().getOrDefault(STEP, "");
    if (step.matches("\\d{1,18}")) {
      json.put(STEP, Long.parseLong(step));
    }
    return json;
  }

  /** Whether these are the weights that a manifest names. */
  boolean isThatOf(JsonNode json) {
    return json.path("crc32c").asString("").equals(checksum())
        && json.path(WEIGHTS).asString("").equalsIgnoreCase(weights.name());
  }
}

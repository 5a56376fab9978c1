package org.score4j.folder;

import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.score4j.api.Examples;
import org.score4j.engine.device.Device;
import org.score4j.examples.Reference;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.ApiVersion;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.tensorflow.TensorFlow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code manifest.json}: the recipe with every key spelt out, and under {@code provenance} the
 * data, versions and machine of the run. It is a recipe itself.
 */
public final class Manifest {
  private static final String STANDARDIZATION = "standardization";
  static final String THREADS = "threads";
  static final String DEVICE = "device";

  /** So many are those of ImageNet. */
  private static final int MOST_NAMES = 1000;

  private final RecipeWriter writer;
  private final Recipe recipe;
  private final Examples examples;
  private final Reference reference;
  private final PluginCatalogue catalogue;
  private final StartOptions start;

  @Inject
  Manifest(
      RecipeWriter writer,
      Recipe recipe,
      Examples examples,
      Reference reference,
      PluginCatalogue catalogue,
      StartOptions start) {
    this.writer = writer;
    this.recipe = recipe;
    this.examples = examples;
    this.reference = reference;
    this.catalogue = catalogue;
    this.start = start;
  }

  /** The resolved recipe as one line of JSON. */
  public String recipeText() {
    return writer.json(recipe).toString();
  }

  /** The model's name, as a recipe would give it. */
  public String model() {
    return writer.json(recipe).get("model").get("type").asString();
  }

  /** The sampler with all its keys, as a recipe would give it. */
  public JsonNode sampler() {
    return writer.json(recipe).get("sampler");
  }

  /** The controls with all their keys, as a recipe would give them. */
  public JsonNode control() {
    return writer.json(recipe).get("control");
  }

  /** The choice of classes to draw, as a recipe would give it. */
  public JsonNode labels() {
    return writer.json(recipe).get("sampling").get("labels");
  }

  /** The metrics with all their keys and the choice of classes, as text. */
  public String measuring() {
    return writer.json(recipe).get("evaluation").toString() + labels();
  }

  /** The names of the classes as a JSON list; empty if they have none, or very many. */
  public Optional<String> classNames() {
    List<String> names = examples.classNames();
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      return Optional.empty();
    }
    var list = JsonMapper.shared().createArrayNode();
    names.forEach(list::add);
    return Optional.of(list.toString());
  }

  /** What of the recipe, the data and the machine decides on samples, apart from parameters. */
  public Map<String, String> drawing() {
    Map<String, String> texts = new TreeMap<>();
    ObjectNode all = writer.json(recipe);
    for (String key : List.of("data", "sde", "model", "sampler", "control", "sampling")) {
      texts.put(key, all.path(key).toString());
    }
    if (all.has(STANDARDIZATION)) {
      texts.put(STANDARDIZATION, all.path(STANDARDIZATION).toString());
    }
    texts.put(StoredManifest.FINGERPRINT, examples.fingerprint());
    texts.put("precision", recipe.samplingCompute().precision().name());
    texts.put(DEVICE, recipe.device().resolved());
    return texts;
  }

  /** The names of the sampler and of what controls it, for names of files. */
  public String method() {
    List<String> names = new ArrayList<>(List.of(sampler().get("type").asString()));
    control().forEach(each -> names.add(each.get("type").asString()));
    return String.join("-", names);
  }

  /** The names of the metrics. */
  public List<String> metrics() {
    List<String> names = new ArrayList<>();
    writer.json(recipe).get("evaluation").forEach(each -> names.add(each.get("type").asString()));
    return names;
  }

  /**
   * Writes the manifest of a new run, or of one that goes on.
   *
   * @return what the user is to know of changes since the run was started; possibly empty
   * @throws BadInput if the folder holds checkpoints that this recipe cannot continue, or a file of
   *     this name that is none of a run
   */
  public List<String> writeTo(RunFolder folder) {
    return writeTo(folder, Optional.empty());
  }

  /**
   * The same for weights that come from elsewhere.
   *
   * @param from where they come from, to be kept in the manifest of a new run
   */
  public List<String> writeTo(RunFolder folder, Optional<ObjectNode> from) {
    ObjectNode manifest = writer.json(recipe);
    ObjectNode provenance = provenance();
    from.ifPresent(origin -> provenance.set(StoredManifest.FROM, origin));
    manifest.set(StoredManifest.PROVENANCE, provenance);
    List<String> told = new ArrayList<>();
    boolean trained = !folder.checkpoints().isEmpty();
    Optional<StoredManifest> before = trained ? found(folder, told) : checked(folder, from);
    if (trained) {
      if (before.isPresent() && recipe.training().isPresent()) {
        long done = folder.checkpoints().newestStep();
        var continuation = new Continuation(folder.path(), before.get(), done, start.acceptData());
        told.addAll(continuation.judge(manifest, recipe, catalogue));
      }
      folder.checkOrigin();
    }
    RunFolder.writeAtomically(folder.manifest(), new StoredManifest(manifest).text());
    return told;
  }

  /** The manifest beside checkpoints, which can do without: they keep the recipe themselves. */
  private static Optional<StoredManifest> found(RunFolder folder, List<String> told) {
    try {
      Optional<StoredManifest> found = StoredManifest.in(folder.manifest());
      if (found.isEmpty()) {
        told.add(folder.manifest() + ": is missing, and is written again");
      }
      found.flatMap(stored -> stored.change(folder.manifest().toString())).ifPresent(told::add);
      return found;
    } catch (BadInput damaged) {
      told.add(damaged.getMessage() + "; it is written again");
      return Optional.empty();
    }
  }

  /** The manifest of a run that has no checkpoint. */
  private static Optional<StoredManifest> checked(RunFolder folder, Optional<ObjectNode> from) {
    Optional<StoredManifest> found = StoredManifest.in(folder.manifest());
    if (found.isPresent() && !found.get().provenance().isObject()) {
      throw new BadInput(
          folder.manifest()
              + ": is not the manifest of a run, and is not overwritten; choose another --output");
    }
    if (from.isEmpty() && found.flatMap(StoredManifest::from).isPresent()) {
      throw new BadInput(
          folder.path()
              + ": holds a run that starts from other weights, and no checkpoint; give --from"
              + " again, or choose another --output");
    }
    return found;
  }

  /** Keeps in the manifest that training stopped at an example that could not be read. */
  public void noteFault(RunFolder folder, long done, String fault) {
    StoredManifest.in(folder.manifest())
        .ifPresent(
            stored -> {
              ((ObjectNode) stored.provenance())
                  .putObject(StoredManifest.FAULT)
                  .put("afterStep", done)
                  .put("fault", fault);
              RunFolder.writeAtomically(folder.manifest(), stored.text());
            });
  }

  private ObjectNode provenance() {
    ObjectNode provenance = JsonMapper.shared().createObjectNode();
    provenance.put(StoredManifest.FINGERPRINT, examples.fingerprint());
    provenance.set(StoredManifest.DATA, DataDescription.of(examples).json());
    if (recipe.reference().isPresent()) {
      provenance.set(StoredManifest.REFERENCE, DataDescription.of(reference.examples()).json());
    }
    provenance.put("score4j", version());
    provenance.put("tensorflow", TensorFlow.version());
    provenance.put("java", Runtime.version().toString());
    provenance.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    int threads = recipe.compute().threads();
    provenance.put(THREADS, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    provenance.put(DEVICE, new Device(recipe.compute().device()).resolved());
    provenance.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
    var modules = provenance.putArray("plugins");
    catalogue.entries().stream()
        .map(entry -> entry.origin().id())
        .distinct()
        .sorted()
        .forEach(modules::add);
    provenance.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return provenance;
  }

  private static String version() {
    return ApiVersion.here().orElse("unknown");
  }
}

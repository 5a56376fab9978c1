package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.score4j.api.Examples;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeWriter;
import org.score4j.runner.recipe.Training;
import org.tensorflow.TensorFlow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code manifest.json}: the recipe with every key spelt out, and under {@code provenance} the
 * data, versions and machine of the run. It is a recipe itself.
 */
public final class Manifest {
  private static final String PROVENANCE = "provenance";
  private static final String STANDARDIZATION = "standardization";
  private static final String FINGERPRINT = "dataFingerprint";

  private static final String THREADS = "threads";
  private static final String DEVICE = "device";
  private static final String CHANGES = "changes";

  /** So many are those of ImageNet. */
  private static final int MOST_NAMES = 1000;

  private final RecipeWriter writer;
  private final Recipe recipe;
  private final Examples examples;
  private final PluginCatalogue catalogue;

  @Inject
  Manifest(RecipeWriter writer, Recipe recipe, Examples examples, PluginCatalogue catalogue) {
    this.writer = writer;
    this.recipe = recipe;
    this.examples = examples;
    this.catalogue = catalogue;
  }

  /** The resolved recipe as one line of JSON. */
  String recipeText() {
    return writer.json(recipe).toString();
  }

  /** The model's name, as a recipe would give it. */
  String model() {
    return writer.json(recipe).get("model").get("type").asString();
  }

  /** The sampler with all its keys, as a recipe would give it. */
  JsonNode sampler() {
    return writer.json(recipe).get("sampler");
  }

  /** The controls with all their keys, as a recipe would give them. */
  JsonNode control() {
    return writer.json(recipe).get("control");
  }

  /** The choice of classes to draw, as a recipe would give it. */
  JsonNode labels() {
    return writer.json(recipe).get("sampling").get("labels");
  }

  /** The names of the classes as a JSON list; empty if they have none, or very many. */
  Optional<String> classNames() {
    List<String> names = examples.classNames();
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      return Optional.empty();
    }
    var list = JsonMapper.shared().createArrayNode();
    names.forEach(list::add);
    return Optional.of(list.toString());
  }

  /** What of the recipe, the data and the machine decides on samples, apart from parameters. */
  Map<String, String> drawing() {
    Map<String, String> texts = new TreeMap<>();
    ObjectNode all = writer.json(recipe);
    for (String key : List.of("data", "sde", "model", "sampler", "control", "sampling")) {
      texts.put(key, all.path(key).toString());
    }
    if (all.has(STANDARDIZATION)) {
      texts.put(STANDARDIZATION, all.path(STANDARDIZATION).toString());
    }
    texts.put(FINGERPRINT, examples.fingerprint());
    texts.put("precision", recipe.precision().name());
    texts.put(DEVICE, recipe.device().resolved());
    return texts;
  }

  /** The names of the sampler and of what controls it, for names of files. */
  String method() {
    List<String> names = new ArrayList<>(List.of(sampler().get("type").asString()));
    control().forEach(each -> names.add(each.get("type").asString()));
    return String.join("-", names);
  }

  /** The names of the metrics. */
  List<String> metrics() {
    List<String> names = new ArrayList<>();
    writer.json(recipe).get("evaluation").forEach(each -> names.add(each.get("type").asString()));
    return names;
  }

  /**
   * Writes the manifest of a new run, or of one that goes on.
   *
   * @return what the user is to know of changes since the run was started; possibly empty
   * @throws BadInput if the folder holds checkpoints that this recipe cannot continue
   */
  public List<String> writeTo(RunFolder folder) {
    ObjectNode manifest = writer.json(recipe);
    manifest.set(PROVENANCE, provenance());
    long done = folder.checkpoints().newestStep();
    List<String> lines = List.of();
    if (!folder.checkpoints().isEmpty()
        && recipe.training().isPresent()
        && Files.exists(folder.manifest())) {
      lines = carryOver(read(folder.manifest()), manifest, folder.path(), done);
    }
    RunFolder.writeAtomically(folder.manifest(), RecipeWriter.pretty(manifest) + "\n");
    return lines;
  }

  /** Judges what has changed, and keeps in the manifest what changed the course. */
  private List<String> carryOver(JsonNode before, ObjectNode now, Path folder, long done) {
    var changes =
        new RecipeChanges(
            determining(before), determining(now), recipe.training().orElseThrow(), done);
    if (!changes.refused().isEmpty()) {
      throw new BadInput(
          lines(
              folder
                  + ": holds a run of another recipe, which this one cannot continue; choose"
                  + " another --output, or delete the folder. They differ in",
              changes.refused()));
    }
    var history = ((ObjectNode) now.get(PROVENANCE)).putArray(CHANGES);
    before.path(PROVENANCE).path(CHANGES).forEach(history::add);
    for (RecipeChanges.Change change : changes.turning()) {
      history.addObject().put("afterStep", done).put("change", change.toString());
    }
    List<String> told = new ArrayList<>();
    if (!changes.turning().isEmpty()) {
      told.addAll(
          lines(
              "goes on after step "
                  + done
                  + " with another recipe, to where neither leads from the start. It differs in",
              changes.turning()));
    }
    if (!changes.harmless().isEmpty()) {
      told.addAll(lines("what is learnt does not depend on", changes.harmless()));
    }
    return told;
  }

  private static List<String> lines(String head, List<RecipeChanges.Change> changes) {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    changes.forEach(change -> lines.add("  " + change));
    return lines;
  }

  /** Every value of the recipe, and of where it runs what the result depends on. */
  private Map<String, String> determining(JsonNode manifest) {
    Map<String, String> leaves = leaves(manifest);
    String data = leaves.getOrDefault(PROVENANCE + "." + FINGERPRINT, "absent");
    String threads = leaves.getOrDefault(PROVENANCE + "." + THREADS, "absent");
    // Runs of before there was a choice ran where it is made now.
    String device = leaves.getOrDefault(PROVENANCE + "." + DEVICE, "\"cpu\"");
    leaves.keySet().removeIf(key -> key.startsWith(PROVENANCE + "."));
    leaves.put("data fingerprint", data);
    leaves.put("training.threads", threads);
    leaves.put("training.device", device);
    return leaves;
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new BadInput(file + ": is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Every value with its path, such as {@code sampler.grid.type}. */
  private static Map<String, String> leaves(JsonNode root) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", root, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              p ->
                  collect(
                      path.isEmpty() ? p.getKey() : path + "." + p.getKey(), p.getValue(), leaves));
    } else if (node.isArray() && node.size() == 1 && node.get(0).isNumber()) {
      // A list of one number means what that number means: "size": 64 is "size": [64].
      leaves.put(path, node.get(0).toString());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), leaves);
      }
    } else {
      leaves.put(path, node.toString());
    }
  }

  private ObjectNode provenance() {
    ObjectNode provenance = JsonMapper.shared().createObjectNode();
    provenance.put(FINGERPRINT, examples.fingerprint());
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
    int threads = recipe.training().map(Training::threads).orElse(0);
    provenance.put(THREADS, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    provenance.put(DEVICE, recipe.device().resolved());
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
    return Manifest.class.getModule().getDescriptor().rawVersion().orElse("unknown");
  }
}

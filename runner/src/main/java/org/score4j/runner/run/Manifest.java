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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.score4j.api.Examples;
import org.score4j.runner.plugin.BadInput;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.RecipeWriter;
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
  private static final String FINGERPRINT = "dataFingerprint";

  /** Keys that a run may change between starts: they say how far and how often, not what. */
  private static final Set<String> FREE =
      Set.of(
          "name",
          "sampler",
          "control",
          "sampling",
          "reference",
          "evaluation",
          "training.steps",
          "training.checkpointEvery",
          "training.logEvery");

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

  /**
   * Writes the manifest of a new run, or of one that goes on with the same recipe.
   *
   * @throws BadInput if the folder holds checkpoints of another recipe or of other data
   */
  public void writeTo(RunFolder folder) {
    ObjectNode manifest = writer.json(recipe);
    manifest.set(PROVENANCE, provenance());
    if (folder.newestCheckpoint().isPresent() && Files.exists(folder.manifest())) {
      refuseDifferences(folder.manifest(), manifest);
    }
    RunFolder.writeAtomically(folder.manifest(), RecipeWriter.pretty(manifest) + "\n");
  }

  private static void refuseDifferences(Path file, ObjectNode now) {
    Map<String, String> before = leaves(read(file));
    Map<String, String> wanted = leaves(now);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(wanted.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String there = before.getOrDefault(key, "absent");
      String here = wanted.getOrDefault(key, "absent");
      if (!there.equals(here) && determinesTraining(key)) {
        lines.add("  " + key + ": " + there + " there, " + here + " now");
      }
    }
    if (!lines.isEmpty()) {
      lines.add(
          0,
          file.getParent()
              + ": holds a run of another recipe, which this one cannot continue; choose another"
              + " --output, or delete the folder. They differ in");
      throw new BadInput(lines);
    }
  }

  private static boolean determinesTraining(String key) {
    if (key.startsWith(PROVENANCE)) {
      return key.equals(PROVENANCE + "." + FINGERPRINT);
    }
    return FREE.stream()
        .noneMatch(
            free -> key.equals(free) || key.startsWith(free + ".") || key.startsWith(free + "["));
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
    provenance.put("threads", Runtime.getRuntime().availableProcessors());
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

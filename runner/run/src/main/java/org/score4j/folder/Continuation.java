package org.score4j.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PathKeys;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a run can go on with a recipe that may have changed since it was started.
 *
 * @param folder of the run
 * @param before its manifest
 * @param done steps done with that
 * @param acceptData whether other data are wanted
 */
record Continuation(Path folder, StoredManifest before, long done, boolean acceptData) {
  /**
   * Judges the changes, and notes in the new manifest those that change what is learnt.
   *
   * @return what the user is to know of them; possibly nothing
   * @throws BadInput if the run cannot go on
   */
  List<String> judge(ObjectNode now, Recipe recipe, PluginCatalogue catalogue) {
    var after = new StoredManifest(now);
    var changes =
        new RecipeChanges(
            determining(RecipeLeaves.ofWritten(before.json(), catalogue), before),
            determining(RecipeLeaves.of(recipe, catalogue), after),
            recipe.training().orElseThrow(),
            done);
    List<RecipeChanges.Change> data = changes.data();
    if (changes.refused().size() > data.size()) {
      throw new BadInput(
          lines(
              folder
                  + ": holds a run of another recipe, which this one cannot continue; choose"
                  + " another --output, or delete the folder. They differ in",
              changes.refused()));
    }
    List<String> told = new ArrayList<>();
    ArrayNode history = after.provenance().isObject() ? history(now) : now.arrayNode();
    if (!data.isEmpty()) {
      told.addAll(changedData(data, recipe, after));
      history
          .addObject()
          .put("afterStep", done)
          .put("change", "data: " + counts(after))
          .put(
              StoredManifest.FINGERPRINT,
              before.provenance().path(StoredManifest.FINGERPRINT).asString(""));
    }
    for (RecipeChanges.Change change : changes.turning()) {
      history.addObject().put("afterStep", done).put("change", change.toString());
    }
    if (!changes.turning().isEmpty()) {
      told.addAll(
          lines(
              "resuming after step "
                  + done
                  + " with a changed recipe; the result will match neither recipe from scratch."
                  + " It differs in",
              changes.turning()));
    }
    if (!changes.harmless().isEmpty()) {
      told.addAll(lines("what is learnt does not depend on", changes.harmless()));
    }
    return told;
  }

  private ArrayNode history(ObjectNode now) {
    ObjectNode provenance = (ObjectNode) now.get(StoredManifest.PROVENANCE);
    ArrayNode history = provenance.putArray(StoredManifest.CHANGES);
    before.provenance().path(StoredManifest.CHANGES).forEach(history::add);
    before.from().ifPresent(from -> provenance.set(StoredManifest.FROM, from));
    return history;
  }

  /** Other data are refused, unless they are wanted or an example had to be repaired. */
  private List<String> changedData(
      List<RecipeChanges.Change> changes, Recipe recipe, StoredManifest after) {
    List<String> paths = PathKeys.of(recipe.data(), "data");
    boolean sameSource =
        changes.stream()
            .map(RecipeChanges.Change::key)
            .noneMatch(key -> key.endsWith(".type") || paths.contains(key));
    boolean repaired = before.stoppedAtData() && sameSource;
    if (!acceptData && !repaired) {
      List<String> lines =
          lines(
              folder
                  + ": holds a run that was trained on other data ("
                  + counts(after)
                  + "); add --accept-data to resume it with these, or choose another --output."
                  + " They differ in",
              changes);
      throw new BadInput(lines);
    }
    Optional<DataDescription> there = before.data();
    Optional<DataDescription> here = after.data();
    if (there.isPresent() && here.isPresent() && !there.get().isLike(here.get())) {
      throw new BadInput(
          folder
              + ": was trained on "
              + there.get()
              + ", and cannot be resumed with "
              + here.get()
              + "; start a new run from its weights with: runner train --from "
              + folder);
    }
    return List.of(
        "resuming after step "
            + done
            + " with changed data: "
            + counts(after)
            + (repaired
                ? "; training had stopped at an example that could not be read"
                : "; accepted by --accept-data"));
  }

  private String counts(StoredManifest after) {
    return before.data().map(DataDescription::count).orElse("others")
        + " there, "
        + after.data().map(DataDescription::count).orElse("others")
        + " now";
  }

  private static List<String> lines(String head, List<RecipeChanges.Change> changes) {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    changes.forEach(change -> lines.add("  " + change));
    return lines;
  }

  /** Every value of the recipe, and of where it runs what the result depends on. */
  private static Map<String, String> determining(
      Map<String, String> recipe, StoredManifest manifest) {
    Map<String, String> leaves = new TreeMap<>(recipe);
    JsonNode provenance = manifest.provenance();
    leaves.put(RecipeChanges.FINGERPRINT, value(provenance, StoredManifest.FINGERPRINT, "absent"));
    leaves.put("compute.threads", value(provenance, Manifest.THREADS, "absent"));
    // Runs of before there was a choice ran where it is made now.
    leaves.put("compute.device", value(provenance, Manifest.DEVICE, "\"cpu\""));
    return leaves;
  }

  private static String value(JsonNode of, String key, String otherwise) {
    return of.has(key) ? of.get(key).toString() : otherwise;
  }
}

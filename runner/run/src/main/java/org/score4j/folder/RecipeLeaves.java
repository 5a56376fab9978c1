package org.score4j.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.score4j.recipe.OldKeys;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every value of a recipe with its path, such as {@code sampler.grid.type}. */
public final class RecipeLeaves {
  private RecipeLeaves() {}

  /** The values of a recipe that was read. */
  public static Map<String, String> of(Recipe recipe, PluginCatalogue catalogue) {
    return of(new RecipeWriter(catalogue).json(recipe));
  }

  /**
   * The values of a recipe that this or an earlier version wrote out: keys that have been added
   * since have their defaults.
   */
  public static Map<String, String> ofWritten(ObjectNode recipe, PluginCatalogue catalogue) {
    ObjectNode bare = recipe.deepCopy();
    bare.remove(StoredManifest.PROVENANCE);
    try {
      var text = new RecipeText("recipe", "run", Path.of(""), bare.toString());
      return of(new RecipeReader(catalogue).read(text, List.of()), catalogue);
    } catch (BadInput e) {
      // Of plugins that are not installed, or no longer read this.
      return OldKeys.moved(of(bare));
    }
  }

  private static Map<String, String> of(JsonNode root) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", root, leaves);
    // What comes of it, the standardization, is among the leaves; earlier versions had neither.
    leaves.remove("standardize");
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
}

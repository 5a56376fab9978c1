package org.score4j.recipe;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;

/** Finds the keys of an object that its record does not have. */
final class UnknownKeys {

  private UnknownKeys() {}

  /** Notes the keys that the record does not have; returns those that were probably meant. */
  static Set<String> note(Keys keys, Json.Obj json, String path, Problems problems) {
    Set<String> allMeant = new HashSet<>();
    for (Map.Entry<String, Json.Member> member : json.members().entrySet()) {
      if (keys.names().contains(member.getKey())) {
        continue;
      }
      Optional<String> near = Nearest.to(member.getKey(), keys.names());
      near.ifPresent(allMeant::add);
      Optional<String> meant = near.or(() -> further(keys, member.getKey()));
      String known =
          keys.names().isEmpty() ? "It takes no keys" : "Known: " + String.join(", ", keys.names());
      problems.add(
          member.getValue().keyAt(),
          path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
          "unknown key" + meant.map(Nearest::question).orElse(""),
          Nearest.listHelps(meant, keys.names()) ? List.of(known) : List.of());
    }
    return allMeant;
  }

  /** A key of that name one level down, such as training.batchSize. */
  private static Optional<String> further(Keys keys, String name) {
    for (Key key : keys.keys()) {
      KeyType type = key.type() instanceof KeyType.Maybe maybe ? maybe.element() : key.type();
      if (type instanceof KeyType.Group group) {
        Optional<String> near = Nearest.to(name, group.keys());
        if (near.isPresent()) {
          return near.map(inner -> key.name() + "." + inner);
        }
      }
    }
    return Optional.empty();
  }
}

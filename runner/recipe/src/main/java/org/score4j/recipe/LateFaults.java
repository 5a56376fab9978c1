package org.score4j.recipe;

import java.util.Optional;
import org.score4j.api.InvalidValueException;
import org.score4j.api.InvalidValueException.Fault;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Problems;

/**
 * Faults that a plugin found at work rather than when it was made: a file that is missing, data of
 * a shape that does not suit it. They are told like those of reading.
 */
final class LateFaults {
  private static final int LONGEST = 300;

  private final Json.Obj recipe;
  private final Problems problems;

  LateFaults(Json.Obj recipe, Problems problems) {
    this.recipe = recipe;
    this.problems = problems;
  }

  /**
   * Notes every fault.
   *
   * @param plugin path of the plugin that threw; empty if the faults' components are paths
   *     themselves
   */
  void note(InvalidValueException thrown, Optional<String> plugin) {
    for (Fault fault : thrown.faults()) {
      String path = plugin.map(p -> p + ".").orElse("") + fault.component();
      Json nearest = recipe;
      boolean given = true;
      for (String step : path.split("[.\\[\\]]+")) {
        Optional<Json> inner = step(nearest, step);
        given = inner.isPresent();
        if (!given) {
          break;
        }
        nearest = inner.get();
      }
      problems.add(
          nearest.at(),
          path,
          fault.rule()
              + ", found "
              + found(fault, nearest, given)
              + (given ? "" : " (the default)"));
    }
  }

  private static Optional<Json> step(Json json, String step) {
    if (json instanceof Json.Obj object) {
      return object.get(step);
    }
    if (json instanceof Json.Arr list && step.matches("\\d{1,6}")) {
      return list.items().stream().skip(Integer.parseInt(step)).findFirst();
    }
    // A bare name stands for {"type": name}.
    return json instanceof Json.Text && step.equals(PluginNames.TYPE)
        ? Optional.of(json)
        : Optional.empty();
  }

  /** As the recipe writes it where that says all: 1 rather than 1.0. */
  private static String found(Fault fault, Json given, boolean complete) {
    if (complete && (given instanceof Json.Num || given instanceof Json.Truth)) {
      return given.found();
    }
    String found = fault.found();
    return found.length() > LONGEST ? found.substring(0, LONGEST - 3) + "..." : found;
  }
}

package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.score4j.recipe.Recipe;
import org.score4j.runner.console.Table;
import tools.jackson.databind.JsonNode;

/**
 * What a recipe would do, as told before anything is done.
 *
 * @param json the recipe with every key
 * @param recipe the same
 */
record Plan(JsonNode json, Recipe recipe) {

  /**
   * One line for each stage, "ok" first.
   *
   * @param output the run's folder
   * @param trained the step that the run there has come to; 0 if there is none
   */
  List<String> lines(Path output, long trained) {
    List<List<String>> rows = new ArrayList<>();
    for (String key : List.of("data", "sde", "model", "classifier", "loss")) {
      named(key).ifPresent(names -> rows.add(List.of(key, names)));
    }
    recipe
        .training()
        .ifPresent(
            training ->
                rows.add(
                    List.of(
                        "training",
                        String.format(
                            Locale.ROOT,
                            "%,d steps of %,d examples by %s",
                            training.steps(),
                            training.batchSize(),
                            names(json.get("training").get("optimizer"))))));
    if (recipe.model().isPresent()) {
      for (String key : List.of("sampler", "control")) {
        named(key).ifPresent(names -> rows.add(List.of(key, names)));
      }
      rows.add(
          List.of(
              "sampling",
              String.format(
                  Locale.ROOT,
                  "%,d samples, %,d at a time",
                  recipe.sampling().count(),
                  Math.min(recipe.sampling().count(), recipe.sampling().batchSize()))));
      for (String key : List.of("reference", "evaluation")) {
        named(key).ifPresent(names -> rows.add(List.of(key, names)));
      }
    }
    rows.add(List.of("output", output + ", " + there(trained)));
    return new Table(List.of("ok", recipe.name()), rows).lines();
  }

  private String there(long trained) {
    if (trained == 0) {
      return "nothing trained there yet";
    }
    boolean complete = recipe.training().filter(t -> trained < t.steps()).isEmpty();
    return complete ? "already trained to step " + trained : "resumes after step " + trained;
  }

  private Optional<String> named(String key) {
    return Optional.ofNullable(json.get(key)).map(Plan::names).filter(names -> !names.isEmpty());
  }

  /** A plugin's name, with those of the plugins inside it. */
  private static String names(JsonNode json) {
    if (json.isArray()) {
      return json.valueStream()
          .map(Plan::names)
          .filter(names -> !names.isEmpty())
          .collect(Collectors.joining(", "));
    }
    if (!json.has("type")) {
      return "";
    }
    String inside =
        json.valueStream()
            .filter(JsonNode::isContainer)
            .map(Plan::names)
            .filter(names -> !names.isEmpty())
            .collect(Collectors.joining(", "));
    return json.get("type").asString() + (inside.isEmpty() ? "" : " (" + inside + ")");
  }
}

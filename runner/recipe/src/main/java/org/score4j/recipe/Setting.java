package org.score4j.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.JsonText;
import org.score4j.recipe.json.Place;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.BadInput;

/**
 * A value given on the command line, as in {@code --set sampler.steps=200} or {@code --set
 * evaluation[0].type=mmd}. What is not JSON is taken as text.
 *
 * @param path keys and positions from the top
 * @param value what to put there
 */
record Setting(List<Object> path, Json value) {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]++(\\.[0-9]++)?([eE][-+]?[0-9]++)?");

  private static final Pattern STEP =
      Pattern.compile("\\G(?:(?:^|\\.)([^.\\[\\]=\\s]+)|\\[(\\d{1,6})])");

  /**
   * Reads the text that follows {@code --set}.
   *
   * @param at the place that its problems will name
   * @throws IllegalArgumentException if it is not a path, an equals sign and a value
   */
  static Setting parse(String text, Place at, Problems problems) {
    int equals = text.indexOf('=');
    List<Object> path = equals < 0 ? List.of() : path(text.substring(0, equals));
    if (path.isEmpty()) {
      throw new IllegalArgumentException("must be PATH=VALUE, as in --set sampler.steps=200");
    }
    String value = text.substring(equals + 1);
    return new Setting(path, value(value, at, problems));
  }

  /** The same for a key that earlier versions had elsewhere. */
  Setting renamed(OldKeys old) {
    return new Setting(old.moved(path), value);
  }

  private static List<Object> path(String text) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find()) {
      steps.add(matcher.group(1) != null ? matcher.group(1) : Integer.valueOf(matcher.group(2)));
      end = matcher.end();
    }
    return end == text.length() ? steps : List.of();
  }

  private static Json value(String text, Place at, Problems problems) {
    try {
      return JsonText.read(text, (line, column) -> at, problems);
    } catch (BadInput notJson) {
      if (text.startsWith("{") || text.startsWith("[") || NUMBER.matcher(text).matches()) {
        throw notJson;
      }
      return new Json.Text(at, text);
    }
  }

  /**
   * The recipe with this value in it.
   *
   * @throws IllegalArgumentException if the path does not lead anywhere in the recipe
   */
  Json.Obj applyTo(Json.Obj recipe) {
    return (Json.Obj) put(recipe, 0);
  }

  private Json put(Json into, int depth) {
    if (depth == path.size()) {
      return value;
    }
    Object step = path.get(depth);
    return step instanceof Integer index
        ? putItem(into, index, depth)
        : putKey(into, (String) step, depth);
  }

  private Json putItem(Json into, int index, int depth) {
    if (!(into instanceof Json.Arr list)) {
      throw new IllegalArgumentException(name(depth) + " is not a list in the recipe");
    }
    int size = list.items().size();
    if (index > size) {
      throw new IllegalArgumentException(
          name(depth)
              + " has "
              + size
              + (size == 1 ? " element" : " elements")
              + ", numbered from 0; ["
              + size
              + "] would add one");
    }
    List<Json> items = new ArrayList<>(list.items());
    Json old = index < items.size() ? items.remove(index) : nothing(depth + 1);
    items.add(index, put(old, depth + 1));
    return new Json.Arr(list.at(), items);
  }

  private Json putKey(Json into, String key, int depth) {
    Json.Obj object;
    if (into instanceof Json.Obj plain) {
      object = plain;
    } else if (into instanceof Json.Text name) {
      // A bare name stands for {"type": name}.
      object = new Json.Obj(name.at(), Map.of("type", new Json.Member(name.at(), name)));
    } else {
      throw new IllegalArgumentException(
          name(depth) + " is " + into.found() + " in the recipe and has no keys");
    }
    Json.Member old = object.members().get(key);
    Json inner = put(old == null ? nothing(depth + 1) : old.value(), depth + 1);
    if (depth == path.size() - 1 && key.equals("type") && !sameText(old, inner)) {
      // The keys of one plugin mean nothing to another.
      return new Json.Obj(object.at(), Map.of(key, new Json.Member(value.at(), inner)));
    }
    return object.with(key, new Json.Member(value.at(), inner));
  }

  private static boolean sameText(Json.Member old, Json name) {
    return old != null
        && old.value() instanceof Json.Text before
        && name instanceof Json.Text now
        && before.value().equals(now.value());
  }

  /** What a path leads through where the recipe has nothing yet. */
  private Json nothing(int depth) {
    return depth < path.size() && path.get(depth) instanceof Integer
        ? new Json.Arr(value.at(), List.of())
        : new Json.Obj(value.at(), Map.of());
  }

  private String name(int depth) {
    StringBuilder name = new StringBuilder();
    for (Object step : path.subList(0, depth)) {
      name.append(step instanceof Integer ? "[" + step + "]" : (name.isEmpty() ? "" : ".") + step);
    }
    return name.isEmpty() ? "the recipe" : name.toString();
  }
}

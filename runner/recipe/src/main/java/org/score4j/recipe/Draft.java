package org.score4j.recipe;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.score4j.api.InvalidValueException;
import org.score4j.api.InvalidValueException.Fault;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;
import org.score4j.recipe.plugin.Origin;

/** The values of a record that is about to be made. */
final class Draft {
  private final Keys keys;
  private final Json.Obj json;
  private final String path;
  private final Problems problems;
  private final List<Object> values = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();

  Draft(Keys keys, Json.Obj json, String path, Problems problems) {
    this.keys = keys;
    this.json = json;
    this.path = path;
    this.problems = problems;
  }

  /** The next key's value; empty if there is none because of a problem already noted. */
  void put(Key key, Optional<Object> value) {
    if (value.isEmpty()) {
      failed.add(key.name());
    }
    values.add(value.orElseGet(() -> standIn(key)));
  }

  /** The next key keeps its default. */
  void putDefault(Key key) {
    values.add(standIn(key));
  }

  /**
   * The record; empty after noting the rules it breaks. Where a value is lacking, a stand-in lets
   * the constructor judge the others, so that the user hears of them in the same breath.
   */
  Optional<Object> make() {
    try {
      Record made = keys.make(values.toArray());
      return failed.isEmpty() ? Optional.of(made) : Optional.empty();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidValueException invalid) {
        invalid.faults().stream().filter(this::isCertain).forEach(this::note);
      } else if (failed.isEmpty()) {
        problems.add(json.at(), path, refusal(e.getCause()));
      }
      return Optional.empty();
    }
  }

  /** Whether a fault holds whatever stands in for the values that failed. */
  private boolean isCertain(Fault fault) {
    return failed.stream()
        .noneMatch(
            name -> head(fault).equals(name) || fault.rule().matches("(?s).*\\b" + name + "\\b.*"));
  }

  private void note(Fault fault) {
    Json nearest = json;
    boolean given = true;
    for (String part : fault.component().split("[.\\[\\]]+")) {
      if (!(nearest instanceof Json.Obj || nearest instanceof Json.Arr)) {
        break;
      }
      Optional<Json> inner = inside(nearest, part);
      given &= inner.isPresent();
      nearest = inner.orElse(nearest);
    }
    String where = path.isEmpty() ? fault.component() : path + "." + fault.component();
    String found = given && isPlain(nearest) ? nearest.found() : shortened(fault.found());
    String what = found.isEmpty() ? "" : ", found " + found + (given ? "" : " (the default)");
    problems.add(nearest.at(), where, fault.rule() + what);
  }

  private static Optional<Json> inside(Json json, String part) {
    if (json instanceof Json.Obj object) {
      return object.get(part);
    }
    return part.matches("\\d{1,6}")
        ? ((Json.Arr) json).items().stream().skip(Integer.parseInt(part)).findFirst()
        : Optional.empty();
  }

  /** Whether the recipe's own way of writing a value shows it best: 1 rather than 1.0. */
  private static boolean isPlain(Json given) {
    return given instanceof Json.Num || given instanceof Json.Truth;
  }

  private static String shortened(String found) {
    return found.length() > 60 ? found.substring(0, 57) + "..." : found;
  }

  /** The component that a fault is about, without what follows as in {@code mean[2]}. */
  private static String head(Fault fault) {
    return fault.component().split("[.\\[]", 2)[0];
  }

  private String refusal(Throwable cause) {
    Class<?> type = keys.type();
    String who = type.getName() + " of " + Origin.of(type).named();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? "refused by " + who + ": " + cause.getMessage()
        : who + " failed on these values, which is a fault of the plugin: " + cause;
  }

  private Object standIn(Key key) {
    if (keys.defaults().isPresent()) {
      return Keys.read(keys.defaults().get(), key.name());
    }
    if (key.type() instanceof KeyType.ListOf) {
      return List.of();
    }
    if (key.type() instanceof KeyType.Maybe) {
      return Optional.empty();
    }
    if (key.type() instanceof KeyType.Scalar scalar) {
      return switch (scalar) {
        case NUMBER -> 1.0;
        case INTEGER -> 1;
        case LONG -> 1L;
        case TRUTH -> false;
        case TEXT, PATH, LABELS -> null;
      };
    }
    return null;
  }
}

package org.score4j.recipe;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.JsonText;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.plugin.Service;

/** Makes records of JSON, and notes everything that stands in the way. */
final class Binder {
  private final PluginCatalogue catalogue;
  private final PluginNames names;
  private final PresetKey presets;
  private final ScalarBinder scalars;
  private final Problems problems;

  Binder(PluginCatalogue catalogue, Path folder, Problems problems) {
    this.catalogue = catalogue;
    this.names = new PluginNames(catalogue, problems);
    this.presets = new PresetKey(problems);
    this.scalars = new ScalarBinder(folder, problems);
    this.problems = problems;
  }

  /** A record that is no plugin; empty after noting problems. */
  Optional<Object> bind(Class<? extends Record> type, Json.Obj json, String path) {
    try {
      return record(Keys.of(type), json, path);
    } catch (InvocationTargetException e) {
      return problem(json, path, type.getName() + " cannot make its defaults: " + e.getCause());
    }
  }

  private Optional<Object> value(KeyType type, Json json, String path) {
    if (json instanceof Json.Null) {
      return problem(json, path, "must be " + type.one() + ", found null");
    }
    if (type instanceof KeyType.Scalar scalar) {
      return scalars.bind(scalar, json, path);
    }
    if (type instanceof KeyType.Choice choice) {
      return scalars.bind(choice, json, path);
    }
    if (type instanceof KeyType.Plugin plugin) {
      return plugin(plugin.service(), json, path);
    }
    if (type instanceof KeyType.ListOf list) {
      return list(list, json, path);
    }
    if (type instanceof KeyType.Maybe maybe) {
      return value(maybe.element(), json, path).map(Optional::of);
    }
    KeyType.Group group = (KeyType.Group) type;
    return json instanceof Json.Obj object
        ? bind(group.type(), object, path)
        : problem(json, path, "must be " + group.one() + ", found " + json.found());
  }

  private Optional<Object> list(KeyType.ListOf type, Json json, String path) {
    if (type.takesOne() && !(json instanceof Json.Arr)) {
      return value(type.element(), json, path).map(List::of);
    }
    if (!(json instanceof Json.Arr list)) {
      return problem(
          json, path, "must be " + type.one() + ", found " + json.found() + "; put it in [ ]");
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      value(type.element(), list.items().get(i), path + "[" + i + "]").ifPresent(bound::add);
    }
    return bound.size() == list.items().size() ? Optional.of(List.copyOf(bound)) : Optional.empty();
  }

  private Optional<Object> plugin(Service service, Json json, String path) {
    if (json instanceof Json.Text name) {
      // "vp" is short for {"type": "vp"}.
      return names
          .find(service, name, path)
          .flatMap(entry -> record(entry.keys(), new Json.Obj(json.at(), Map.of()), path));
    }
    if (!(json instanceof Json.Obj object)) {
      return problem(
          json,
          path,
          "must be " + service.one() + ", a name or {\"type\": name, ...}, found " + json.found());
    }
    Optional<Json> type = object.get(PluginNames.TYPE);
    if (type.isEmpty()) {
      names.noteUntyped(service, object, path);
      return Optional.empty();
    }
    if (!(type.get() instanceof Json.Text name)) {
      return problem(
          type.get(),
          path + "." + PluginNames.TYPE,
          "must be the name of " + service.one() + " in quotes, found " + type.get().found());
    }
    return names
        .find(service, name, path + "." + PluginNames.TYPE)
        .flatMap(entry -> plugin(entry, object.without(PluginNames.TYPE), path));
  }

  private Optional<Object> plugin(PluginEntry entry, Json.Obj object, String path) {
    if (!PresetKey.appliesTo(entry, object)) {
      return record(entry.keys(), object, path);
    }
    Optional<Keys> chosen = presets.keys(entry, object, path);
    // The other keys are looked at in any case, so that all problems are told at once.
    Optional<Object> bound =
        record(chosen.orElse(entry.keys()), object.without(PresetKey.NAME), path);
    return chosen.flatMap(unused -> bound);
  }

  private Optional<Object> record(Keys keys, Json.Obj object, String path) {
    Set<String> meant = UnknownKeys.note(keys, object, path, problems);
    Draft draft = new Draft(keys, object, path, problems);
    for (Key key : keys.keys()) {
      String inner = inner(path, key.name());
      Optional<Json> given = object.get(key.name());
      if (given.isPresent()) {
        draft.put(key, given(keys, key, given.get(), inner));
      } else if (key.required()) {
        if (!meant.contains(key.name())) {
          problems.add(object.at(), inner, "must be given: " + key.type().one(), hints(key));
        }
        draft.put(key, Optional.empty());
      } else if (key.written().isPresent()) {
        draft.put(key, written(key, object, inner));
      } else if (key.type() == KeyType.Scalar.PATH) {
        Path usual = (Path) Keys.read(keys.defaults().orElseThrow(), key.name());
        draft.put(key, Optional.of(scalars.resolve(usual)));
      } else {
        draft.putDefault(key);
      }
    }
    return draft.make();
  }

  private Optional<Object> given(Keys keys, Key key, Json json, String path) {
    if (json instanceof Json.Null && !key.required()) {
      return problem(json, path, "null is not a value; to get the default, leave the key out");
    }
    return value(key.type(), names.withUsualType(keys, key, json), path);
  }

  private List<String> hints(Key key) {
    return key.type() instanceof KeyType.Plugin plugin
        ? List.of(names.known(plugin.service()))
        : List.of();
  }

  /** The default of one of the runner's own records; it may name a plugin that is not there. */
  private Optional<Object> written(Key key, Json.Obj around, String path) {
    Json json = JsonText.read(key.written().get(), (line, column) -> around.at(), problems);
    if (key.type() instanceof KeyType.Plugin plugin
        && json instanceof Json.Text name
        && catalogue.find(plugin.service(), name.value()).isEmpty()) {
      problems.add(
          around.at(),
          path,
          "must be given: "
              + plugin.one()
              + "; the usual one, "
              + name.found()
              + ", is not installed",
          List.of(names.known(plugin.service())));
      return Optional.empty();
    }
    return value(key.type(), json, path);
  }

  private static String inner(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Object> problem(Json json, String path, String text) {
    problems.add(json.at(), path, text);
    return Optional.empty();
  }
}

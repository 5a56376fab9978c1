package org.score4j.runner.recipe;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.score4j.runner.plugin.KeyType;
import org.score4j.runner.plugin.Keys;
import org.score4j.runner.plugin.Keys.Key;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.plugin.PluginEntry;
import org.score4j.runner.plugin.Service;

/** Makes records of JSON, and notes everything that stands in the way. */
final class Binder {
  private static final String TYPE = "type";

  private final PluginCatalogue catalogue;
  private final ScalarBinder scalars;
  private final Problems problems;

  Binder(PluginCatalogue catalogue, Path folder, Problems problems) {
    this.catalogue = catalogue;
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
      return named(service, name, path)
          .flatMap(entry -> record(entry.keys(), new Json.Obj(json.at(), Map.of()), path));
    }
    if (!(json instanceof Json.Obj object)) {
      return problem(
          json,
          path,
          "must be " + service.one() + ", a name or {\"type\": name, ...}, found " + json.found());
    }
    Optional<Json> type = object.get(TYPE);
    if (type.isEmpty()) {
      return untyped(service, object, path);
    }
    if (!(type.get() instanceof Json.Text name)) {
      return problem(
          type.get(),
          path + "." + TYPE,
          "must be the name of " + service.one() + " in quotes, found " + type.get().found());
    }
    return named(service, name, path + "." + TYPE)
        .flatMap(entry -> record(entry.keys(), object.without(TYPE), path));
  }

  private Optional<Object> untyped(Service service, Json.Obj object, String path) {
    Optional<String> misspelt = misspeltType(object);
    if (misspelt.isPresent()) {
      problems.add(
          object.members().get(misspelt.get()).keyAt(),
          path + "." + misspelt.get(),
          "unknown key; did you mean \"type\"?");
      return Optional.empty();
    }
    return problem(
        object,
        path + "." + TYPE,
        "must be given: the name of " + service.one() + ". " + known(service));
  }

  private static Optional<String> misspeltType(Json.Obj object) {
    return object.members().keySet().stream()
        .filter(key -> Nearest.to(key, List.of(TYPE)).isPresent())
        .findFirst();
  }

  /** Where a key's default is a plugin, an object without a type changes that plugin's keys. */
  private Json withUsualType(Keys keys, Key key, Json given) {
    if (key.type() instanceof KeyType.Plugin plugin
        && given instanceof Json.Obj object
        && object.get(TYPE).isEmpty()
        && misspeltType(object).isEmpty()) {
      return usual(keys, key, plugin.service(), given.at())
          .map(name -> (Json) object.with(TYPE, new Json.Member(given.at(), name)))
          .orElse(given);
    }
    return given;
  }

  private Optional<Json> usual(Keys keys, Key key, Service service, Place at) {
    if (key.written().isPresent()) {
      return Optional.of(JsonText.read(key.written().get(), (line, column) -> at, problems));
    }
    return keys.defaults()
        .filter(unused -> !key.required())
        .map(defaults -> (Record) Keys.read(defaults, key.name()))
        .flatMap(plugin -> catalogue.find(service, plugin))
        .map(entry -> new Json.Text(at, entry.name()));
  }

  private Optional<PluginEntry> named(Service service, Json.Text name, String path) {
    Optional<PluginEntry> entry = catalogue.find(service, name.value());
    if (entry.isPresent()) {
      return entry;
    }
    String other =
        Stream.of(Service.values())
            .filter(each -> catalogue.find(each, name.value()).isPresent())
            .map(each -> " (" + each.one() + " is)")
            .findFirst()
            .orElse("");
    String meant =
        Nearest.to(name.value(), catalogue.names(service))
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse(".");
    problems.add(
        name.at(),
        path,
        "no "
            + service.label()
            + " is called "
            + name.found()
            + other
            + meant
            + " "
            + known(service)
            + ". If it comes in a plugin jar, put the jar into plugins/ or give its folder with"
            + " --plugins DIR");
    return Optional.empty();
  }

  private String known(Service service) {
    List<String> names = catalogue.names(service);
    return names.isEmpty()
        ? "No " + service.many() + " were found at all"
        : "Known: " + String.join(", ", names);
  }

  private Optional<Object> record(Keys keys, Json.Obj object, String path) {
    Set<String> meant = unknownKeys(keys, object, path);
    Draft draft = new Draft(keys, object, path, problems);
    for (Key key : keys.keys()) {
      String inner = inner(path, key.name());
      Optional<Json> given = object.get(key.name());
      if (given.isPresent()) {
        draft.put(key, given(keys, key, given.get(), inner));
      } else if (key.required()) {
        if (!meant.contains(key.name())) {
          problems.add(object.at(), inner, "must be given: " + key.type().one() + hint(key));
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
      return problem(json, path, "null is no value; to get the default, leave the key out");
    }
    return value(key.type(), withUsualType(keys, key, json), path);
  }

  private String hint(Key key) {
    return key.type() instanceof KeyType.Plugin plugin ? ". " + known(plugin.service()) : "";
  }

  /** The default of one of the runner's own records; it may name a plugin that is not there. */
  private Optional<Object> written(Key key, Json.Obj around, String path) {
    Json json = JsonText.read(key.written().get(), (line, column) -> around.at(), problems);
    if (key.type() instanceof KeyType.Plugin plugin
        && json instanceof Json.Text name
        && catalogue.find(plugin.service(), name.value()).isEmpty()) {
      return problem(
          around,
          path,
          "must be given: "
              + plugin.one()
              + "; the usual one, "
              + name.found()
              + ", is not installed. "
              + known(plugin.service()));
    }
    return value(key.type(), json, path);
  }

  /** Notes the keys that the record does not have; returns those that were probably meant. */
  private Set<String> unknownKeys(Keys keys, Json.Obj json, String path) {
    Set<String> allMeant = new HashSet<>();
    for (Map.Entry<String, Json.Member> member : json.members().entrySet()) {
      if (keys.names().contains(member.getKey())) {
        continue;
      }
      Optional<String> near = Nearest.to(member.getKey(), keys.names());
      near.ifPresent(allMeant::add);
      String meant =
          near.or(() -> further(keys, member.getKey()))
              .map(key -> "; did you mean \"" + key + "\"?")
              .orElse(".");
      String known =
          keys.names().isEmpty() ? "It takes no keys" : "Known: " + String.join(", ", keys.names());
      problems.add(
          member.getValue().keyAt(),
          inner(path, member.getKey()),
          "unknown key" + meant + " " + known);
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

  private static String inner(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Object> problem(Json json, String path, String text) {
    problems.add(json.at(), path, text);
    return Optional.empty();
  }
}

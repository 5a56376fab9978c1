package org.score4j.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.JsonText;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.json.Place;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.plugin.Service;

/** Finds the plugins that a recipe names, or what to say instead. */
public final class PluginNames {
  /** The key that holds a plugin's name. */
  public static final String TYPE = "type";

  private final PluginCatalogue catalogue;
  private final Problems problems;

  PluginNames(PluginCatalogue catalogue, Problems problems) {
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** Notes that an object has no type, or a misspelt one. */
  void noteUntyped(Service service, Json.Obj object, String path) {
    Optional<String> misspelt = misspeltType(object);
    if (misspelt.isPresent()) {
      problems.add(
          object.members().get(misspelt.get()).keyAt(),
          path + "." + misspelt.get(),
          "unknown key; did you mean \"type\"?");
      return;
    }
    problems.add(
        object.at(),
        path + "." + TYPE,
        "must be given: the name of " + service.one(),
        List.of(known(service)));
  }

  private static Optional<String> misspeltType(Json.Obj object) {
    return object.members().keySet().stream()
        .filter(key -> Nearest.to(key, List.of(TYPE)).isPresent())
        .findFirst();
  }

  /** Where a key's default is a plugin, an object without a type changes that plugin's keys. */
  Json withUsualType(Keys keys, Key key, Json given) {
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

  /** The plugin of a name; empty after noting a problem. */
  Optional<PluginEntry> find(Service service, Json.Text name, String path) {
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
    Optional<String> meant = Nearest.to(name.value(), catalogue.names(service));
    List<String> hints = new ArrayList<>();
    if (Nearest.listHelps(meant, catalogue.names(service))) {
      hints.add(known(service));
    }
    if (meant.isEmpty()) {
      hints.add(
          "If it comes in a plugin jar, put the jar into plugins/ or give its folder with --plugins"
              + " DIR"
              + idle());
    }
    problems.add(
        name.at(),
        path,
        "no "
            + service.label()
            + " is called "
            + name.found()
            + other
            + meant.map(Nearest::question).orElse(""),
        hints);
    return Optional.empty();
  }

  /** The names there are, as a hint. */
  String known(Service service) {
    List<String> names = catalogue.names(service);
    return names.isEmpty()
        ? "No " + service.many() + " were found at all"
        : "Known: " + String.join(", ", names);
  }

  private String idle() {
    List<Path> jars = catalogue.idleJars();
    return jars.isEmpty()
        ? ""
        : jars.stream()
            .map(Path::toString)
            .collect(Collectors.joining(", ", ". No plugin is declared in ", ""));
  }
}

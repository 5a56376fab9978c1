package org.score4j.recipe.plugin;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.api.PluginName;
import org.score4j.api.Presets;

/** What a provider must be before the runner makes one of it. */
final class PluginRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+-]*");

  private final Service service;
  private final Class<?> type;
  private final List<String> problems = new ArrayList<>();

  private PluginRules(Service service, Class<?> type) {
    this.service = service;
    this.type = type;
  }

  /** The entry for a provider, or lines on {@code problems} that say why there is none. */
  static Optional<PluginEntry> check(Service service, Class<?> type, List<String> problems) {
    Optional<String> refusal = refusal(type);
    if (refusal.isPresent()) {
      problems.add(refusal.get());
      return Optional.empty();
    }
    PluginRules rules = new PluginRules(service, type);
    Optional<PluginEntry> entry = rules.entryUnlessBroken();
    rules.problems.forEach(
        problem -> problems.add(Origin.of(type).place() + ": " + type.getName() + " " + problem));
    return entry;
  }

  /**
   * What to say of a jar that was compiled for another api; a module's descriptor said it before.
   */
  private static Optional<String> refusal(Class<?> type) {
    Module module = type.getModule();
    return module.isNamed() && !module.getDescriptor().isAutomatic()
        ? Optional.empty()
        : ApiVersion.refusal(type).map(refusal -> Origin.of(type).place() + ": " + refusal);
  }

  private Optional<PluginEntry> entryUnlessBroken() {
    try {
      return entry();
    } catch (LinkageError | TypeNotPresentException e) {
      problems.add("cannot be read, as a class it was compiled with is not there: " + e);
      return Optional.empty();
    }
  }

  private Optional<PluginEntry> entry() {
    PluginName name = type.getAnnotation(PluginName.class);
    if (name == null) {
      problems.add("has no @PluginName, by which a recipe could call it");
    } else if (!NAME.matcher(name.value()).matches()) {
      problems.add(
          "has the plugin name \""
              + name.value()
              + "\"; names are made of lower-case letters, digits, - and +");
    }
    if (!type.isRecord()) {
      problems.add("is not a record; a plugin is a record whose components are its recipe keys");
    } else {
      components(type, "", new HashSet<>());
      if (hasComponent("type")) {
        problems.add("has a component called type, the key by which a recipe names the plugin");
      }
      if (type.isAnnotationPresent(Presets.class) && hasComponent("preset")) {
        problems.add("has presets and a component called preset, the key that names one of them");
      }
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    try {
      Keys keys = Keys.of(type.asSubclass(Record.class));
      if (keys.defaults().isEmpty()) {
        problems.add("has no public constructor without arguments to give the defaults");
        return Optional.empty();
      }
      Map<String, Record> presets = PresetValues.of(type, problems);
      return problems.isEmpty()
          ? Optional.of(new PluginEntry(service, name.value(), keys, presets, Origin.of(type)))
          : Optional.empty();
    } catch (InvocationTargetException e) {
      problems.add("cannot make its defaults: its constructor threw " + e.getCause());
    } catch (LinkageError e) {
      problems.add("cannot make its defaults: " + (e.getCause() == null ? e : e.getCause()));
    }
    return Optional.empty();
  }

  private boolean hasComponent(String name) {
    return Stream.of(type.getRecordComponents()).anyMatch(c -> c.getName().equals(name));
  }

  private void components(Class<?> record, String path, Set<Class<?>> seen) {
    if (!seen.add(record)) {
      return;
    }
    String who = path.isEmpty() ? "" : "takes " + record.getName() + " for " + path + ", which ";
    Module module = record.getModule();
    if (!Modifier.isPublic(record.getModifiers())) {
      problems.add(who + "is not public");
    } else if (!module.isExported(record.getPackageName(), PluginRules.class.getModule())) {
      problems.add(
          who
              + "is in a package that its module does not export; add \"exports "
              + record.getPackageName()
              + ";\" to the module-info of "
              + module.getName());
    }
    for (RecordComponent component : record.getRecordComponents()) {
      component(
          component, path.isEmpty() ? component.getName() : path + "." + component.getName(), seen);
    }
  }

  private void component(RecordComponent component, String path, Set<Class<?>> seen) {
    Optional<KeyType> found = KeyType.of(component.getGenericType());
    if (found.isEmpty()) {
      problems.add(
          "has the component "
              + path
              + " of type "
              + component.getGenericType().getTypeName()
              + ", which no recipe can give; use double, int, long, boolean, String, Path, an enum,"
              + " a record, a service of the api, or a List or Optional of these");
      return;
    }
    KeyType type = found.get();
    while (true) {
      if (type instanceof KeyType.ListOf list) {
        type = list.element();
      } else if (type instanceof KeyType.Maybe maybe) {
        type = maybe.element();
      } else {
        break;
      }
    }
    if (type instanceof KeyType.Group group) {
      components(group.type(), path, seen);
    }
  }
}

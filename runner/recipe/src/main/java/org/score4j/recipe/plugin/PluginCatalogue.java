package org.score4j.recipe.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plugins at hand: those on the module path or class path, and those in plugin folders.
 *
 * <p>A folder's jars form a module layer above the program's own, or are loaded by a class loader
 * above it where score4j is on the class path. A provider's class is looked at before one is made,
 * and everything wrong with any jar is told at once.
 *
 * <p>What a recipe means must not depend on which jars happen to load: where one cannot be used, no
 * recipe is read. What can be used is there to be shown all the same.
 */
public final class PluginCatalogue {
  private final Map<Service, Map<String, PluginEntry>> entries = new TreeMap<>();

  private final List<Providers> places;
  private final List<Path> idleJars;
  private final List<String> problems = new ArrayList<>();

  private PluginCatalogue(List<Providers> places, List<Path> idleJars) {
    this.places = List.copyOf(places);
    this.idleJars = List.copyOf(idleJars);
  }

  /**
   * Finds all plugins, for recipes.
   *
   * @param folders folders of plugin jars; a jar itself will do
   * @throws BadInput if a folder, a jar or a provider cannot be used, or two claim one name
   */
  public static PluginCatalogue load(List<Path> folders) {
    return survey(folders).unlessBroken();
  }

  /**
   * Finds all plugins that can be used, to be shown together with the {@link #problems} of the
   * others; of two that claim one name, the first.
   *
   * @param folders folders of plugin jars; a jar itself will do
   */
  public static PluginCatalogue survey(List<Path> folders) {
    List<String> problems = new ArrayList<>();
    PluginFolders reader = new PluginFolders(problems);
    List<Providers> places = new ArrayList<>(ClassPathProviders.here());
    places.add(reader.read(folders));
    PluginCatalogue catalogue = new PluginCatalogue(places, reader.idle());
    for (Service service : Service.values()) {
      distinct(service, places, problems)
          .forEach(provider -> catalogue.add(service, provider, problems));
    }
    return catalogue.completedBy(problems);
  }

  /** The classes that provide a service, each once; a copy of one is a problem. */
  private static Collection<Class<?>> distinct(
      Service service, List<Providers> places, List<String> problems) {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    for (Providers place : places) {
      for (Class<?> provider : place.of(service, problems)) {
        Class<?> other = found.putIfAbsent(provider.getName(), provider);
        if (other != null && other != provider) {
          Origin first = Origin.of(other);
          Origin second = Origin.of(provider);
          if (!first.isAt(second)) {
            problems.add(Unusable.twice(first, second));
          }
        }
      }
    }
    return found.values();
  }

  /**
   * A catalogue of records given by hand, each under every service it implements.
   *
   * @throws BadInput if one of them cannot be a plugin, or two claim one name
   */
  public static PluginCatalogue of(Collection<? extends Class<?>> providers) {
    List<String> problems = new ArrayList<>();
    PluginCatalogue catalogue = new PluginCatalogue(List.of(), List.of());
    for (Class<?> provider : providers) {
      Stream.of(Service.values())
          .filter(service -> service.type().isAssignableFrom(provider))
          .forEach(service -> catalogue.add(service, provider, problems));
    }
    return catalogue.completedBy(problems).unlessBroken();
  }

  /**
   * Implementations, new for each call, of a service that recipes do not name, from wherever
   * plugins come from; each class once.
   *
   * @throws BadInput if one of them cannot be made
   */
  public <T> List<T> others(Class<T> service) {
    Map<Class<?>, T> found = new LinkedHashMap<>();
    try {
      places.forEach(
          place -> place.load(service).forEach(each -> found.putIfAbsent(each.getClass(), each)));
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BadInput(e.getMessage() + " (" + cause + ")");
    }
    return List.copyOf(found.values());
  }

  /** All plugins, by service and then by name. */
  public List<PluginEntry> entries() {
    return entries.values().stream().flatMap(named -> named.values().stream()).toList();
  }

  /** The plugin of this name; empty if there is none. */
  public Optional<PluginEntry> find(Service service, String name) {
    return Optional.ofNullable(named(service).get(name));
  }

  /** The plugin that a record is an instance of; empty if it comes from elsewhere. */
  public Optional<PluginEntry> find(Service service, Record plugin) {
    return named(service).values().stream()
        .filter(entry -> entry.keys().type() == plugin.getClass())
        .findFirst();
  }

  /** The names of a service's plugins, sorted. */
  public List<String> names(Service service) {
    return List.copyOf(named(service).keySet());
  }

  /**
   * Jars of the plugin folders that declare no plugin and that no plugin requires; most often a
   * plugin whose author forgot to declare it.
   */
  public List<Path> idleJars() {
    return idleJars;
  }

  /** A line for each folder, jar or provider that cannot be used: which, why, what to do. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private Map<String, PluginEntry> named(Service service) {
    return entries.getOrDefault(service, Map.of());
  }

  private void add(Service service, Class<?> provider, List<String> problems) {
    Optional<PluginEntry> checked = PluginRules.check(service, provider, problems);
    if (checked.isEmpty()) {
      return;
    }
    PluginEntry entry = checked.get();
    PluginEntry other =
        entries
            .computeIfAbsent(service, unused -> new TreeMap<>())
            .putIfAbsent(entry.name(), entry);
    if (other != null) {
      problems.add(
          "two "
              + service.many()
              + " are called \""
              + entry.name()
              + "\": "
              + claimant(other)
              + " and "
              + claimant(entry)
              + "; remove one of the two or rename it");
    }
  }

  private static String claimant(PluginEntry entry) {
    return entry.keys().type().getName() + " of " + entry.origin();
  }

  /** A default that is a plugin must have a name, or no recipe could repeat it. */
  private void defaultsHaveNames(PluginEntry entry, List<String> problems) {
    for (Keys.Key key : entry.keys().keys()) {
      Object value = Keys.read(entry.keys().defaults().orElseThrow(), key.name());
      boolean unnamed =
          key.type() instanceof KeyType.Plugin plugin
              && !(value instanceof Record record && find(plugin.service(), record).isPresent());
      if (!key.required() && (value == null || unnamed)) {
        problems.add(
            entry.origin().place()
                + ": "
                + entry.keys().type().getName()
                + " has the default "
                + value
                + " for "
                + key.name()
                + ", which no recipe can give; it must be "
                + key.type().one());
      }
    }
  }

  private PluginCatalogue completedBy(List<String> found) {
    if (found.isEmpty()) {
      entries().forEach(entry -> defaultsHaveNames(entry, found));
    }
    found.stream().distinct().sorted().forEach(problems::add);
    return this;
  }

  private PluginCatalogue unlessBroken() {
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return this;
  }
}

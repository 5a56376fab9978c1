package org.score4j.runner.plugin;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plugins at hand: those on the module path and those in plugin folders.
 *
 * <p>A folder's jars form a module layer above the boot layer. A provider's class is looked at
 * before one is made, and everything wrong with any jar is told at once.
 */
public final class PluginCatalogue {
  /** The service loader's own order changes from run to run. */
  private static final Comparator<Class<?>> ORDER =
      Comparator.<Class<?>, String>comparing(type -> String.valueOf(type.getModule().getName()))
          .thenComparing(Class::getName);

  private final Map<Service, Map<String, PluginEntry>> entries = new TreeMap<>();

  private PluginCatalogue() {}

  /**
   * Finds all plugins.
   *
   * @param folders folders of plugin jars; a jar itself will do
   * @throws BadInput if a folder, a jar or a provider cannot be used, or two claim one name
   */
  public static PluginCatalogue load(List<Path> folders) {
    List<String> problems = new ArrayList<>();
    ModuleLayer layer = new PluginFolders(ModuleLayer.boot(), problems).read(folders);
    PluginCatalogue catalogue = new PluginCatalogue();
    for (Service service : Service.values()) {
      providers(layer, service, problems).stream()
          .sorted(ORDER)
          .forEach(provider -> catalogue.add(service, provider, problems));
    }
    return catalogue.unless(problems);
  }

  /**
   * A catalogue of records given by hand, each under every service it implements.
   *
   * @throws BadInput if one of them cannot be a plugin, or two claim one name
   */
  public static PluginCatalogue of(Collection<? extends Class<?>> providers) {
    List<String> problems = new ArrayList<>();
    PluginCatalogue catalogue = new PluginCatalogue();
    for (Class<?> provider : providers) {
      Stream.of(provider.getInterfaces())
          .flatMap(type -> Service.of(type).stream())
          .forEach(service -> catalogue.add(service, provider, problems));
    }
    return catalogue.unless(problems);
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

  private PluginCatalogue unless(List<String> problems) {
    if (problems.isEmpty()) {
      entries().forEach(entry -> defaultsHaveNames(entry, problems));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems.stream().sorted().toList());
    }
    return this;
  }

  private static List<Class<?>> providers(
      ModuleLayer layer, Service service, List<String> problems) {
    List<Class<?>> types = new ArrayList<>();
    Set<String> told = new HashSet<>();
    Spliterator<? extends ServiceLoader.Provider<?>> found =
        ServiceLoader.load(layer, service.type()).stream().spliterator();
    while (true) {
      try {
        if (!found.tryAdvance(provider -> types.add(provider.type()))) {
          return types;
        }
      } catch (ServiceConfigurationError e) {
        // The loader goes on with the next provider, unless it cannot get past the fault.
        if (!told.add(e.getMessage())) {
          return types;
        }
        problems.add(unusable(layer, service, e));
      }
    }
  }

  private static String unusable(ModuleLayer layer, Service service, ServiceConfigurationError e) {
    for (ModuleLayer each = layer; ; each = each.parents().get(0)) {
      for (Module module : each.modules()) {
        for (ModuleDescriptor.Provides provides : module.getDescriptor().provides()) {
          if (provides.service().equals(service.type().getName())) {
            for (String provider : provides.providers()) {
              if (e.getMessage().contains(provider)) {
                return unusable(Origin.of(module), provider, e);
              }
            }
          }
        }
      }
      if (each.parents().isEmpty() || each == ModuleLayer.boot()) {
        return e.getMessage();
      }
    }
  }

  private static String unusable(Origin origin, String provider, ServiceConfigurationError e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof UnsupportedClassVersionError) {
      return origin.place()
          + ": "
          + ClassVersion.tooNew(origin.jar(), provider.replace('.', '/') + ".class");
    }
    String why = cause == e ? e.getMessage() : cause.toString();
    return origin.place() + ": " + provider + " cannot be loaded: " + why;
  }
}

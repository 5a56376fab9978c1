package org.score4j.recipe.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.api.PluginName;
import org.score4j.format.FileFault;

/**
 * What jars and folders of a class loader declare in {@code META-INF/services} or, if they were
 * compiled without score4j-describe, in their module-info.
 *
 * <p>The service loader does much the same, but says neither which jar a fault lies in nor that two
 * hold the same class.
 *
 * @param loader of the class path, or one that an application made
 * @param modules the descriptors that lie there, unused by the module system
 */
record ClassPathProviders(ClassLoader loader, Map<Origin, ModuleDescriptor> modules)
    implements Providers {
  private static final String FOLDER = "META-INF/services/";
  private static final String MODULE = "module-info.class";

  /** Where plugins may be besides modules: each loader that this program's classes come from. */
  static List<Providers> here() {
    return Stream.of(
            PluginName.class.getClassLoader(),
            ClassPathProviders.class.getClassLoader(),
            Thread.currentThread().getContextClassLoader())
        .filter(Objects::nonNull)
        .distinct()
        .filter(ClassPathProviders::hasClassPath)
        .filter(ClassPathProviders::seesThisApi)
        .<Providers>map(ClassPathProviders::of)
        .toList();
  }

  private static ClassPathProviders of(ClassLoader loader) {
    Map<Origin, ModuleDescriptor> modules = new LinkedHashMap<>();
    try {
      for (URL url : Collections.list(loader.getResources(MODULE))) {
        try (InputStream in = opened(url)) {
          modules.put(Origin.of(url, MODULE), ModuleDescriptor.read(in));
        } catch (InvalidModuleDescriptorException e) {
          // One for a later Java: its jar is to be judged by its classes.
          continue;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot look for plugins on the class path: " + FileFault.reason(e), e);
    }
    return new ClassPathProviders(loader, modules);
  }

  /** To look for resources in each of a program's modules takes its time. */
  private static boolean hasClassPath(ClassLoader loader) {
    return loader != ClassLoader.getSystemClassLoader()
        || !System.getProperty("java.class.path", "").isEmpty();
  }

  /** Plugins of another copy of the api are another program's. */
  private static boolean seesThisApi(ClassLoader loader) {
    try {
      return Class.forName(PluginName.class.getName(), false, loader) == PluginName.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public <T> ServiceLoader<T> load(Class<T> service) {
    ClassPathProviders.class.getModule().addUses(service);
    return ServiceLoader.load(service, loader);
  }

  @Override
  public List<Class<?>> of(Service service, List<String> problems) {
    List<Class<?>> types = new ArrayList<>();
    declared(service, problems)
        .forEach(
            (provider, origins) -> {
              try {
                Class<?> type = Class.forName(provider, false, loader);
                if (!service.type().isAssignableFrom(type)) {
                  problems.add(
                      Unusable.because(
                          origins.get(0),
                          provider,
                          "it does not implement " + service.type().getName()));
                } else if (isProvided(type, service)) {
                  types.add(type);
                  onceOnly(provider, origins, problems);
                }
              } catch (ClassNotFoundException | LinkageError e) {
                problems.add(Unusable.because(origins.get(0), provider, e));
              }
            });
    return types;
  }

  /** The jars that declare a provider, by its name. */
  private Map<String, List<Origin>> declared(Service service, List<String> problems) {
    Map<String, List<Origin>> declared = new TreeMap<>();
    modules.forEach(
        (origin, module) ->
            ModuleProviders.declared(module, service).stream()
                .filter(this::isThere)
                .forEach(provider -> add(declared, provider, origin)));
    String file = FOLDER + service.type().getName();
    for (URL url : resources(file, problems)) {
      Origin origin = Origin.of(url, file);
      try {
        for (String provider : names(url)) {
          add(declared, provider, origin);
        }
      } catch (IOException e) {
        problems.add(origin.place() + ": cannot read " + file + ": " + FileFault.reason(e));
      }
    }
    return declared;
  }

  private static void add(Map<String, List<Origin>> declared, String provider, Origin origin) {
    List<Origin> origins = declared.computeIfAbsent(provider, unused -> new ArrayList<>());
    if (!origins.contains(origin)) {
      origins.add(origin);
    }
  }

  /** The module-info of a jar that others were merged into may speak of classes since renamed. */
  private boolean isThere(String provider) {
    return loader.getResource(file(provider)) != null;
  }

  private static String file(String provider) {
    return provider.replace('.', '/') + ".class";
  }

  private List<URL> resources(String name, List<String> problems) {
    try {
      return Collections.list(loader.getResources(name));
    } catch (IOException e) {
      problems.add("cannot look for " + name + ": " + FileFault.reason(e));
      return List.of();
    }
  }

  private static InputStream opened(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    // A jar that is cached stays open.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static Set<String> names(URL url) throws IOException {
    try (var lines =
        new BufferedReader(new InputStreamReader(opened(url), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("#", 2)[0].strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /** A module provides what its descriptor says, whatever else lies in its jar. */
  private static boolean isProvided(Class<?> type, Service service) {
    Module module = type.getModule();
    return !module.isNamed()
        || ModuleProviders.declared(module.getDescriptor(), service).contains(type.getName());
  }

  /** A declaration may lie apart from its class, but the class must be in one place. */
  private void onceOnly(String provider, List<Origin> declarations, List<String> problems) {
    if (declarations.size() > 1) {
      String file = file(provider);
      List<Origin> origins =
          resources(file, problems).stream().map(url -> Origin.of(url, file)).toList();
      origins.stream()
          .filter(origin -> !origin.isAt(origins.get(0)))
          .forEach(other -> problems.add(Unusable.twice(origins.get(0), other)));
    }
  }
}

package org.score4j.recipe.plugin;

import java.lang.module.ModuleReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What jars of plugin folders provide where score4j itself is on the class path: modules cannot
 * require it there, so their classes are loaded as if they were on the class path too.
 *
 * @param loader of their classes
 * @param jars those of plugins and of what they need
 */
record FolderProviders(ClassLoader loader, List<ModuleReference> jars) implements Providers {

  /** Loads jars, above the program. */
  static Providers of(List<ModuleReference> jars) {
    URL[] urls =
        jars.stream()
            .flatMap(jar -> Origin.jar(jar).stream())
            .map(FolderProviders::url)
            .toArray(URL[]::new);
    ClassLoader program = FolderProviders.class.getClassLoader();
    return new FolderProviders(new URLClassLoader("plugins", urls, program), jars);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }

  @Override
  public <T> ServiceLoader<T> load(Class<T> service) {
    FolderProviders.class.getModule().addUses(service);
    return ServiceLoader.load(service, loader);
  }

  @Override
  public List<Class<?>> of(Service service, List<String> problems) {
    List<Class<?>> types = new ArrayList<>();
    for (ModuleReference jar : jars) {
      Origin origin = Origin.of(jar);
      for (String provider : ModuleProviders.declared(jar.descriptor(), service)) {
        try {
          Class<?> type = Class.forName(provider, false, loader);
          if (!service.type().isAssignableFrom(type)) {
            problems.add(
                Unusable.because(
                    origin, provider, "it does not implement " + service.type().getName()));
          } else if (type.getClassLoader() != loader && !Origin.of(type).isAt(origin)) {
            problems.add(Unusable.twice(Origin.of(type), origin));
          } else {
            types.add(type);
          }
        } catch (ClassNotFoundException | LinkageError e) {
          problems.add(Unusable.because(origin, provider, e));
        }
      }
    }
    return types;
  }
}

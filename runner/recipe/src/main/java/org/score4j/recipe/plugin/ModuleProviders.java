package org.score4j.recipe.plugin;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;

/**
 * What the modules of a layer and of its parents provide, as the service loader finds it.
 *
 * @param layer of plugins, or of the program itself
 */
record ModuleProviders(ModuleLayer layer) implements Providers {
  /** The service loader's own order changes from run to run. */
  private static final Comparator<Class<?>> ORDER =
      Comparator.<Class<?>, String>comparing(type -> String.valueOf(type.getModule().getName()))
          .thenComparing(Class::getName);

  @Override
  public List<Class<?>> of(Service service, List<String> problems) {
    List<Class<?>> types = new ArrayList<>();
    Set<String> told = new HashSet<>();
    Spliterator<? extends ServiceLoader.Provider<?>> found =
        ServiceLoader.load(layer, service.type()).stream().spliterator();
    while (true) {
      try {
        if (!found.tryAdvance(provider -> types.add(provider.type()))) {
          return types.stream().sorted(ORDER).toList();
        }
      } catch (ServiceConfigurationError e) {
        // The loader goes on with the next provider, unless it cannot get past the fault.
        if (!told.add(e.getMessage())) {
          return types.stream().sorted(ORDER).toList();
        }
        problems.add(unusable(service, e));
      }
    }
  }

  @Override
  public <T> ServiceLoader<T> load(Class<T> service) {
    // A service of a module above this one, which this one cannot say that it uses.
    ModuleProviders.class.getModule().addUses(service);
    return ServiceLoader.load(layer, service);
  }

  private String unusable(Service service, ServiceConfigurationError e) {
    for (ModuleLayer each = layer; ; each = each.parents().get(0)) {
      for (Module module : each.modules()) {
        for (String provider : declared(module.getDescriptor(), service)) {
          if (e.getMessage().contains(provider) || breaks(module, provider, e.getCause())) {
            return Unusable.because(
                Origin.of(module), provider, e.getCause() == null ? e : e.getCause());
          }
        }
      }
      if (each.parents().isEmpty() || each == ModuleLayer.boot()) {
        return e.getMessage();
      }
    }
  }

  /** The classes that a module provides a service with, in its order; possibly none. */
  static List<String> declared(ModuleDescriptor module, Service service) {
    return module.provides().stream()
        .filter(provides -> provides.service().equals(service.type().getName()))
        .flatMap(provides -> provides.providers().stream())
        .toList();
  }

  /** Whether it is this class that failed in that way; the loader names none that lacks another. */
  private static boolean breaks(Module module, String provider, Throwable cause) {
    if (!(cause instanceof LinkageError)) {
      return false;
    }
    try {
      Class<?> type = Class.forName(module, provider);
      return type != null && type.getMethods().length == 0;
    } catch (LinkageError e) {
      return String.valueOf(e.getMessage()).equals(cause.getMessage());
    }
  }
}

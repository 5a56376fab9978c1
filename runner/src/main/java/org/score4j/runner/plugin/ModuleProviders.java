package org.score4j.runner.plugin;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;

/** Asks the service loader for the classes that provide a service, and makes none of them. */
final class Providers {
  /** The service loader's own order changes from run to run. */
  private static final Comparator<Class<?>> ORDER =
      Comparator.<Class<?>, String>comparing(type -> String.valueOf(type.getModule().getName()))
          .thenComparing(Class::getName);

  private Providers() {}

  /** The classes, by module and name; lines on {@code problems} for those that do not load. */
  static List<Class<?>> of(ModuleLayer layer, Service service, List<String> problems) {
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
              if (e.getMessage().contains(provider) || breaks(module, provider, e.getCause())) {
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

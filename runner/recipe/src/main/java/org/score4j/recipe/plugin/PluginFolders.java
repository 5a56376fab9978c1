package org.score4j.recipe.plugin;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.api.PluginName;
import org.score4j.format.FileFault;

/**
 * Loads the jars in plugin folders: as a layer of modules above that of the api or, where the api
 * is on the class path, with a class loader.
 *
 * <p>Jars are read one by one, so that each fault can be laid at one jar's door; the module
 * system's own resolution would stop at the first, or prefer one jar silently to another.
 */
final class PluginFolders {
  /** A service of the library above, which recipes do not name. */
  private static final String LISTENER = "org.score4j.RunListener";

  private final boolean modular;
  private final ModuleLayer parent;
  private final List<String> problems;
  private final Map<String, ModuleReference> modules = new LinkedHashMap<>();
  private final Set<String> unusable = new HashSet<>();
  private final List<Path> idle = new ArrayList<>();

  PluginFolders(List<String> problems) {
    Module api = PluginName.class.getModule();
    this.modular = api.isNamed();
    this.parent = modular ? api.getLayer() : ModuleLayer.boot();
    this.problems = problems;
  }

  /** The jars that hold no plugin and that none requires; known after reading. */
  List<Path> idle() {
    return List.copyOf(idle);
  }

  /** What can be used, together with what the modules of the program provide. */
  Providers read(List<Path> folders) {
    Set<Path> jars = new LinkedHashSet<>();
    folders.forEach(folder -> jars.addAll(jars(folder)));
    jars.forEach(this::read);
    Set<String> needed = needed();
    requirementsAreMet(needed);
    packagesAreDistinct(needed);
    modules.entrySet().stream()
        .filter(module -> !needed.contains(module.getKey()))
        .flatMap(module -> Origin.jar(module.getValue()).stream())
        .forEach(idle::add);
    needed.stream()
        .filter(name -> !Collections.disjoint(reach(name), unusable))
        .toList()
        .forEach(unusable::add);
    needed.removeAll(unusable);
    return modular ? new ModuleProviders(layer(needed)) : FolderProviders.of(usable().toList());
  }

  private Collection<Path> jars(Path folder) {
    if (Files.isRegularFile(folder) || Files.exists(folder.resolve("module-info.class"))) {
      return List.of(Origin.real(folder));
    }
    if (Files.isDirectory(folder.resolve("META-INF").resolve("services"))) {
      problems.add(
          Origin.shown(folder)
              + ": is a folder of classes without module-info; pack it as a jar, put it on the class"
              + " path, or give it a module-info");
      return List.of();
    }
    if (!Files.isDirectory(folder)) {
      problems.add(folder + ": there is no such plugin folder");
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(
              path ->
                  path.toString().endsWith(".jar")
                      || Files.exists(path.resolve("module-info.class")))
          .map(Origin::real)
          .sorted()
          .toList();
    } catch (IOException e) {
      problems.add(folder + ": the plugin folder cannot be listed: " + FileFault.reason(e));
      return List.of();
    }
  }

  private void read(Path jar) {
    Optional<ModuleReference> found;
    try {
      found = ModuleFinder.of(jar).findAll().stream().findFirst();
    } catch (FindException e) {
      problems.add(Origin.shown(jar) + ": " + unreadable(jar, e));
      return;
    }
    if (found.isEmpty()) {
      problems.add(Origin.shown(jar) + ": is neither a module nor a jar");
      return;
    }
    String name = found.get().descriptor().name();
    Optional<Path> loaded = parent.findModule(name).flatMap(module -> Origin.of(module).jar());
    if (parent.findModule(name).isPresent()) {
      if (provides(found.get()) && !loaded.map(Origin::real).equals(Optional.of(jar))) {
        problems.add(
            Origin.shown(jar)
                + ": module "
                + name
                + " is already part of this program"
                + loaded.map(path -> " (" + Origin.shown(path) + ")").orElse("")
                + "; remove one of the two");
      }
      return;
    }
    Optional<String> refusal = ApiVersion.refusal(found.get().descriptor());
    if (refusal.isPresent()) {
      problems.add(Origin.shown(jar) + ": " + refusal.get());
      return;
    }
    ModuleReference other = modules.putIfAbsent(name, found.get());
    if (other != null) {
      problems.add(
          Origin.shown(jar)
              + ": module "
              + name
              + " is also in "
              + shown(other)
              + "; remove one of the two");
    }
  }

  private static String unreadable(Path jar, FindException e) {
    OptionalInt release = ClassVersion.release(jar, "module-info.class");
    if (release.isPresent() && release.getAsInt() > Runtime.version().feature()) {
      return ClassVersion.tooNew(Optional.of(jar), "module-info.class");
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof IllegalArgumentException) {
      return "has no module-info, and its file name makes no name of a module ("
          + cause.getMessage()
          + "); rename the jar, or give it a module-info";
    }
    return "is not a readable jar ("
        + cause.getMessage()
        + "); build or download it again, or remove it";
  }

  /**
   * The modules of plugins and all that they require. A jar without descriptor says not what it
   * requires, so it may be any that lies beside it.
   */
  private Set<String> needed() {
    Set<String> needed = new LinkedHashSet<>();
    for (ModuleReference module : modules.values()) {
      if (provides(module)) {
        needed.addAll(reach(module.descriptor().name()));
        if (module.descriptor().isAutomatic()) {
          needed.addAll(modules.keySet());
        }
      }
    }
    return needed;
  }

  private static boolean provides(ModuleReference module) {
    Set<String> services =
        Stream.concat(Stream.of(Service.values()).map(s -> s.type().getName()), Stream.of(LISTENER))
            .collect(Collectors.toSet());
    return module.descriptor().provides().stream().anyMatch(p -> services.contains(p.service()));
  }

  /** A module and all that it requires, as far as it lies in the plugin folders. */
  private Set<String> reach(String module) {
    Set<String> reached = new LinkedHashSet<>(List.of(module));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (Requires requires : modules.get(open.remove()).descriptor().requires()) {
        if (modules.containsKey(requires.name()) && reached.add(requires.name())) {
          open.add(requires.name());
        }
      }
    }
    return reached;
  }

  private void requirementsAreMet(Set<String> needed) {
    for (String name : needed) {
      ModuleReference module = modules.get(name);
      for (Requires requires : module.descriptor().requires()) {
        boolean here = modules.containsKey(requires.name());
        boolean optional = requires.modifiers().contains(Requires.Modifier.STATIC);
        if (!here && !optional && isMissing(requires.name())) {
          problems.add(shown(module) + ": " + missing(module.descriptor(), requires.name()));
          unusable.add(name);
        }
      }
    }
  }

  /** On the class path a class that is missing shows where it is loaded. */
  private boolean isMissing(String required) {
    return parent.findModule(required).isEmpty()
        && (modular || ModuleFinder.ofSystem().find(required).isPresent());
  }

  private static String missing(ModuleDescriptor module, String required) {
    String need = "module " + module.name() + " requires module " + required + ", which ";
    return ModuleFinder.ofSystem().find(required).isPresent()
        ? need
            + "the JDK has but this program did not load; run java with --add-modules "
            + required
        : need + "was not found; put its jar next to this one";
  }

  private void packagesAreDistinct(Set<String> needed) {
    Map<String, ModuleReference> owners = new LinkedHashMap<>();
    for (String name : needed) {
      ModuleReference module = modules.get(name);
      for (String inside : module.descriptor().packages().stream().sorted().toList()) {
        if (inside.equals(PluginName.class.getPackageName())) {
          problems.add(
              shown(module)
                  + ": module "
                  + name
                  + " brings its own copy of the api (package "
                  + inside
                  + "), which is not the one that runs; leave it out of the jar");
          unusable.add(name);
          continue;
        }
        ModuleReference other = owners.putIfAbsent(inside, module);
        if (other != null) {
          problems.add(
              shown(module)
                  + ": package "
                  + inside
                  + " of module "
                  + name
                  + " is also in module "
                  + other.descriptor().name()
                  + " ("
                  + shown(other)
                  + "); a package may be in one module only");
          unusable.add(name);
        }
      }
    }
  }

  /** Also those that none requires: they may provide what another uses. */
  private Stream<ModuleReference> usable() {
    return modules.entrySet().stream()
        .filter(module -> !unusable.contains(module.getKey()))
        .map(Map.Entry::getValue);
  }

  private ModuleLayer layer(Set<String> needed) {
    if (needed.isEmpty()) {
      return parent;
    }
    Path[] paths = usable().map(module -> Origin.jar(module).orElseThrow()).toArray(Path[]::new);
    try {
      // The parent comes before the folders: a stray copy of the api must not replace the api.
      Configuration configuration =
          Configuration.resolveAndBind(
              ModuleFinder.of(), List.of(parent.configuration()), ModuleFinder.of(paths), needed);
      return ModuleLayer.defineModulesWithOneLoader(
              configuration, List.of(parent), PluginFolders.class.getClassLoader())
          .layer();
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      String involved =
          modules.values().stream()
              .filter(module -> e.getMessage().contains(module.descriptor().name()))
              .map(PluginFolders::shown)
              .sorted()
              .collect(Collectors.joining(", "));
      problems.add((involved.isEmpty() ? "plugin folders" : involved) + ": " + e.getMessage());
      return parent;
    }
  }

  private static String shown(ModuleReference module) {
    return Origin.jar(module).map(Origin::shown).orElse(module.descriptor().name());
  }
}

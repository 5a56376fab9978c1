package org.score4j.runner.plugin;

import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a plugin comes from.
 *
 * @param module its module's name
 * @param version its module's version; empty if it was built without one
 * @param jar the file or folder it was read from; empty if it is part of a run-time image
 */
public record Origin(String module, Optional<String> version, Optional<Path> jar) {

  static Origin of(Module module) {
    if (!module.isNamed()) {
      return new Origin("(class path)", Optional.empty(), Optional.empty());
    }
    Optional<Path> jar =
        module
            .getLayer()
            .configuration()
            .findModule(module.getName())
            .map(ResolvedModule::reference)
            .flatMap(Origin::jar);
    return new Origin(module.getName(), module.getDescriptor().rawVersion(), jar);
  }

  static Optional<Path> jar(ModuleReference reference) {
    return reference.location().filter(uri -> "file".equals(uri.getScheme())).map(Origin::path);
  }

  /** The module and its version, as in {@code org.score4j.sde@0.1.0}. */
  public String id() {
    return module + version.map(v -> "@" + v).orElse("");
  }

  /** What a problem with this origin starts with: the jar, or failing that the module. */
  String place() {
    return jar.map(Origin::shown).orElse("module " + module);
  }

  @Override
  public String toString() {
    return "module " + module + jar.map(path -> " (" + shown(path) + ")").orElse("");
  }

  private static Path path(URI uri) {
    return Path.of(uri);
  }

  /** Relative to the working folder where that is shorter to read. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }
}

package org.score4j.recipe.plugin;

import java.io.IOException;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * Where a plugin comes from.
 *
 * @param module its module's name; empty on the class path
 * @param version its module's version; empty if it was built without one
 * @param jar the file or folder it was read from; empty if it is part of a run-time image
 */
public record Origin(Optional<String> module, Optional<String> version, Optional<Path> jar) {

  /** Where a class comes from. */
  public static Origin of(Class<?> type) {
    Module module = type.getModule();
    return module.isNamed()
        ? of(module)
        : new Origin(
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .flatMap(Origin::path));
  }

  static Origin of(Module module) {
    Optional<Path> jar =
        module
            .getLayer()
            .configuration()
            .findModule(module.getName())
            .map(ResolvedModule::reference)
            .flatMap(Origin::jar);
    return new Origin(Optional.of(module.getName()), module.getDescriptor().rawVersion(), jar);
  }

  /** That of a jar in a plugin folder. */
  static Origin of(ModuleReference reference) {
    return new Origin(
        Optional.of(reference.descriptor().name()),
        reference.descriptor().rawVersion(),
        jar(reference));
  }

  /**
   * That of a resource on the class path.
   *
   * @param name the resource's
   */
  static Origin of(URL resource, String name) {
    Optional<Path> jar = Optional.empty();
    try {
      if (resource.openConnection() instanceof JarURLConnection connection) {
        jar = path(connection.getJarFileURL());
      } else if (resource.toString().endsWith(name)) {
        String text = resource.toString();
        jar = path(URI.create(text.substring(0, text.length() - name.length())).toURL());
      }
    } catch (IOException | IllegalArgumentException e) {
      // A loader with its own kind of address; the path stays empty.
      jar = Optional.empty();
    }
    return new Origin(Optional.empty(), Optional.empty(), jar);
  }

  static Optional<Path> jar(ModuleReference reference) {
    return reference.location().filter(uri -> "file".equals(uri.getScheme())).map(Origin::path);
  }

  /**
   * What it is called: the module and its version, as in {@code org.score4j.sde@0.1.0}, or the jar,
   * as in {@code score4j-sde-0.1.0.jar}.
   */
  public String id() {
    return module
        .map(name -> name + version.map(v -> "@" + v).orElse(""))
        .or(() -> jar.map(Origin::name))
        .orElse("class path");
  }

  /** What a problem with this origin starts with: the jar, or failing that the module. */
  String place() {
    return jar.map(Origin::shown)
        .or(() -> module.map(name -> "module " + name))
        .orElse("the class path");
  }

  /** As in "of module org.score4j.sde", or "of plugins/mine.jar". */
  public String named() {
    return module.map(name -> "module " + name).orElseGet(this::place);
  }

  /** Whether both are the same file or folder. */
  boolean isAt(Origin other) {
    return jar.map(Origin::real).equals(other.jar.map(Origin::real));
  }

  @Override
  public String toString() {
    return module.isPresent()
        ? named() + jar.map(path -> " (" + shown(path) + ")").orElse("")
        : place();
  }

  private static Path path(URI uri) {
    return Path.of(uri);
  }

  private static Optional<Path> path(URL url) {
    try {
      return Optional.of(Path.of(url.toURI()));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String name(Path jar) {
    return Files.isDirectory(jar) ? shown(jar) : String.valueOf(jar.getFileName());
  }

  /** With all links followed, as far as it exists. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** Relative to the working folder where that is shorter to read. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }
}

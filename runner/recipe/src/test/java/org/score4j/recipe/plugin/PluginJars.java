package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Compiles and packs plugins as their authors would, each from its own sources. */
final class PluginJars {
  private final Path work;
  private final Path plugins;

  PluginJars(Path folder) throws IOException {
    work = Files.createDirectory(folder.resolve("work"));
    plugins = Files.createDirectory(folder.resolve("plugins"));
  }

  /** The folder the jars are dropped into. */
  Path folder() {
    return plugins;
  }

  /** A sampler, as source. */
  static String sampler(String packageName, String name, String head, String body) {
    return """
        package %s;
        import java.util.*;
        import org.score4j.api.*;
        %s implements Sampler {
          %s
          @Override public SamplingLoop build(SamplerGraph graph) { return progress -> {}; }
        }
        """
        .formatted(packageName, "@PluginName(\"" + name + "\") " + head, body);
  }

  /** The descriptor of a module that exports and provides one class. */
  static String module(String name, String packageName, String provider) {
    return """
        module %s {
          requires org.score4j.api;
          exports %s;
          provides org.score4j.api.Sampler with %s.%s;
        }
        """
        .formatted(name, packageName, packageName, provider);
  }

  /**
   * Compiles sources and packs them.
   *
   * @param sources by path, such as {@code a/B.java}
   */
  Path jar(String name, Map<String, String> sources) {
    return pack(name, compile(name, sources));
  }

  /** Compiles sources to a folder of classes. */
  Path compile(String name, Map<String, String> sources) {
    return compile(name, List.of(), sources);
  }

  /**
   * Compiles sources to a folder of classes.
   *
   * @param modules of the plugin folder that they need, without a module-info to say so
   */
  Path compile(String name, List<String> modules, Map<String, String> sources) {
    try {
      Path from = work.resolve(name + "-sources");
      Path to = Files.createDirectory(work.resolve(name + "-classes"));
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-d",
                  to.toString(),
                  "--add-modules",
                  String.join(",", concat("org.score4j.api", modules)),
                  "--module-version",
                  "1.2",
                  "-p",
                  System.getProperty("jdk.module.path") + File.pathSeparator + plugins));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = from.resolve(source.getKey());
        Files.createDirectories(file.getParent());
        arguments.add(Files.writeString(file, source.getValue()).toString());
      }
      compile(arguments);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> concat(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  /** Declares samplers for the class path, as score4j-describe does. */
  static void declare(Path classes, String... samplers) throws IOException {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("org.score4j.api.Sampler"), String.join("\n", samplers) + "\n");
  }

  /** Keeps notes on a class, as score4j-describe does. */
  static void describe(Path classes, String type, String notes) throws IOException {
    Path folder = Files.createDirectories(classes.resolve("META-INF/score4j"));
    Files.writeString(folder.resolve(type + ".properties"), notes);
  }

  /** Packs a folder of classes, with none of the checks that the jar tool makes. */
  Path pack(String name, Path classes) {
    Path jar = plugins.resolve(name + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(entry));
        Files.copy(file, out);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(List<String> arguments) {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(out, out, arguments.toArray(String[]::new)), told::toString);
  }
}

package org.score4j.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Plugins of others, one in each jar: forward processes that differ in their names. */
final class PluginJars {
  private static final String MODULE =
      """
      module other.plugin%1$d {
        requires org.score4j.api;
        exports other.plugin%1$d;
        provides org.score4j.api.LearningRateSchedule with other.plugin%1$d.Other;
      }
      """;
  private static final String PLUGIN =
      """
      package other.plugin%1$d;
      @org.score4j.api.PluginName("other-%1$d")
      public record Other(double factor) implements org.score4j.api.LearningRateSchedule {
        public Other() {
          this(1);
        }
        @Override
        public double factor(long step, long warmup, long steps) {
          return factor;
        }
      }
      """;

  private PluginJars() {}

  /** A folder with so many. */
  static Path make(Lab lab, int count) {
    try {
      Path folder = lab.work().resolve("plugins-" + count);
      Files.createDirectories(folder);
      for (int i = 1; i <= count; i++) {
        Path jar = folder.resolve("other-" + i + ".jar");
        if (!Files.exists(jar)) {
          make(lab, i, jar);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The modules of the distribution that {@code runner/bin/runner} has built. */
  private static Path library(Lab lab) throws IOException {
    Path target = lab.root().resolve("runner/command/target");
    return target.resolve(Files.readString(target.resolve("distribution")).strip()).resolve("lib");
  }

  private static void make(Lab lab, int number, Path jar) throws IOException {
    Path sources = Files.createTempDirectory(lab.work(), "plugin");
    Path module =
        Files.writeString(
            sources.resolve("module-info.java"), String.format(Locale.ROOT, MODULE, number));
    Path plugin =
        Files.writeString(
            sources.resolve("Other.java"), String.format(Locale.ROOT, PLUGIN, number));
    Path classes = sources.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-p",
                library(lab).toString(),
                "-Xlint:none",
                "-nowarn",
                "-d",
                classes.toString(),
                module.toString(),
                plugin.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("javac failed on " + plugin);
    }
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}

package org.score4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application with our jars but those of the command line, in four set-ups: modules, a flat
 * class path, one jar of all, and jshell. Each prints the same, and nothing on standard error.
 */
class LibraryIT {
  /** What the command line needs and the library does not. */
  private static final Set<String> NOT_OURS =
      Set.of("score4j-runner", "score4j-report", "score4j-interop", "picocli", "jfreechart");

  private static final String PLUGINS =
      "org.score4j.data,org.score4j.model,org.score4j.loss,org.score4j.optimizer,"
          + "org.score4j.sampler,org.score4j.sde";

  @TempDir static Path folder;
  private static Path jars;
  private static Path run;
  private static Path classes;
  private static String expected;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Path distribution = Path.of(System.getProperty("score4j.distribution"));
    jars = Files.createDirectories(folder.resolve("jars"));
    for (String part : List.of("lib", "plugins")) {
      try (Stream<Path> files = Files.list(distribution.resolve(part))) {
        for (Path jar : files.toList()) {
          String name = jar.getFileName().toString();
          if (NOT_OURS.stream().noneMatch(name::startsWith)) {
            Files.createSymbolicLink(jars.resolve(name), jar);
          }
        }
      }
    }
    run = folder.resolve("run");
    classes = compiled(List.of("-cp", classPath()), source());
    expected = java("-cp", classes + File.pathSeparator + classPath(), "Moons", run.toString());
    assertTrue(expected.startsWith("[["), expected);
    assertTrue(expected.endsWith("64\nrefused\n"), expected);
  }

  private static Path source() {
    try {
      return Path.of(LibraryIT.class.getResource("/library/Moons.java").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String classPath() {
    try (Stream<Path> files = Files.list(jars)) {
      return files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path compiled(List<String> options, Path... sources) throws IOException {
    Path to = Files.createTempDirectory(folder, "classes");
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-nowarn", "-d", to.toString()));
    for (Path each : sources) {
      arguments.add(each.toString());
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(System.out, System.err, arguments.toArray(String[]::new)));
    return to;
  }

  private static String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    return output(command, "");
  }

  private static String output(List<String> command, String input)
      throws IOException, InterruptedException {
    List<String> full = new ArrayList<>(command);
    full.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
    var builder =
        new ProcessBuilder(full)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "takes too long");
    String errors = Files.readString(err);
    assertEquals(0, process.exitValue(), errors);
    assertEquals("", errors);
    return Files.readString(out);
  }

  @Test
  void onTheModulePath() throws IOException, InterruptedException {
    Path sources = Files.createDirectories(folder.resolve("module/app"));
    Path application =
        Files.writeString(
            sources.resolve("Moons.java"), "package app;\n" + Files.readString(source()));
    String requires =
        Stream.of(PLUGINS.split(","))
            .map(module -> "  requires " + module + ";\n")
            .collect(Collectors.joining());
    Path module =
        Files.writeString(
            folder.resolve("module/module-info.java"),
            "module app {\n  requires org.score4j;\n" + requires + "}\n");
    Path modules = compiled(List.of("-p", jars.toString()), module, application);
    assertEquals(
        expected,
        java("-p", modules + File.pathSeparator + jars, "-m", "app/app.Moons", run.toString()));
  }

  @Test
  void asOneJar() throws IOException, InterruptedException {
    Path fat = folder.resolve("fat.jar");
    Path natives = shade(fat);
    String path = fat + File.pathSeparator + natives;
    assertEquals(expected, java("-cp", path, "Moons", run.toString()));
  }

  /** Merges all jars but the native library, which is not copied for its size and is returned. */
  private static Path shade(Path fat) throws IOException {
    Path[] natives = {fat};
    Map<String, StringBuilder> services = new LinkedHashMap<>();
    Set<String> written = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(fat);
        var out = new ZipOutputStream(file);
        Stream<Path> all = Files.list(jars)) {
      out.setLevel(0);
      for (Path jar : all.sorted().toList()) {
        if (jar.getFileName()
            .toString()
            .matches("tensorflow-core-native-.*-x86_64.*jar|.*arm64.*")) {
          natives[0] = jar;
          continue;
        }
        merge(jar, out, services, written);
      }
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          out.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
          Files.copy(each, out);
        }
      }
      for (var service : services.entrySet()) {
        out.putNextEntry(new ZipEntry(service.getKey()));
        out.write(service.getValue().toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return natives[0];
  }

  private static void merge(
      Path jar, ZipOutputStream out, Map<String, StringBuilder> services, Set<String> written)
      throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry : (Iterable<JarEntry>) file.stream()::iterator) {
        String name = entry.getName();
        if (entry.isDirectory() || name.endsWith("module-info.class")) {
          continue;
        }
        try (InputStream in = file.getInputStream(entry)) {
          if (name.startsWith("META-INF/services/")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            services.computeIfAbsent(name, key -> new StringBuilder()).append(text).append('\n');
          } else if (written.add(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
          }
        }
      }
    }
  }

  @Test
  void inJshell() throws IOException, InterruptedException {
    String text =
        Files.readString(source())
            + "\nMoons.main(new String[] {\""
            + run.toString().replace("\\", "\\\\")
            + "\"});\n/exit\n";
    Path script = Files.writeString(folder.resolve("moons.jsh"), text);
    String out =
        output(List.of("jshell", "--class-path", classPath(), "-s", script.toString()), "");
    assertEquals(expected, out);
  }
}

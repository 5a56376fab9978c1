package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes plugin jars as a third party would: compiled against score4j's jars with its annotation
 * processor, warnings being errors.
 *
 * @param folder for sources and classes; the jar is {@code mine/plugin.jar} in it
 * @param lib score4j's jars
 */
record PluginBuild(Path folder, Path lib) {
  private static final Path PROCESSOR =
      Path.of(System.getProperty("basedir"), "..", "..", "describe", "target", "classes");

  /**
   * Compiles and packs a module, or classes without one if there is no module-info.
   *
   * @param sources text by path
   */
  Path jar(String version, Map<String, String> sources) throws IOException {
    boolean module = sources.containsKey("module-info.java");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                classes().toString(),
                module ? "-p" : "-cp",
                module ? lib.toString() : jars(),
                "-processorpath",
                PROCESSOR.toString(),
                "--release",
                "17",
                "-Xlint:all,-requires-automatic,-processing,-classfile",
                "-Werror"));
    arguments.addAll(written(sources));
    tool("javac", arguments);
    Path jar = Files.createDirectory(folder.resolve("mine")).resolve("plugin.jar");
    List<String> packing = new ArrayList<>(List.of("--create", "--file", jar.toString()));
    if (module) {
      packing.addAll(List.of("--module-version", version));
    }
    packing.addAll(List.of("-C", classes().toString(), "."));
    tool("jar", packing);
    return jar;
  }

  /** The tool in this process expands no asterisk. */
  private String jars() throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Where the module's classes are. */
  Path classes() {
    return folder.resolve("classes");
  }

  /**
   * Compiles tests of the module, on the class path.
   *
   * @param sources text by path
   * @param testkit its classes
   */
  Path tests(Map<String, String> sources, Path testkit) throws IOException {
    Path to = folder.resolve("test-classes");
    String path =
        String.join(
            File.pathSeparator,
            classes().toString(),
            testkit.toString(),
            jars(),
            System.getProperty("java.class.path"),
            System.getProperty("jdk.module.path", ""));
    List<String> arguments = new ArrayList<>(List.of("-d", to.toString(), "-cp", path));
    arguments.addAll(written(sources));
    tool("javac", arguments);
    return to;
  }

  private List<String> written(Map<String, String> sources) throws IOException {
    List<String> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()).toString());
    }
    return files;
  }

  private static void tool(String name, List<String> arguments) {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(out, out, arguments.toArray(String[]::new)), told::toString);
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * Makes plugin jars as a third party would: compiled against score4j's jars, warnings being errors.
 *
 * @param folder for sources and classes; the jar is {@code mine/plugin.jar} in it
 * @param lib score4j's jars
 */
record PluginBuild(Path folder, Path lib) {

  /**
   * Compiles and packs a module.
   *
   * @param sources text by path
   */
  void jar(String version, Map<String, String> sources) throws IOException {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-p",
                lib.toString(),
                "--release",
                "17",
                "-Xlint:all,-requires-automatic",
                "-Werror"));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    tool("javac", arguments);
    String jar = Files.createDirectory(folder.resolve("mine")).resolve("plugin.jar").toString();
    tool(
        "jar",
        List.of(
            "--create", "--file", jar, "--module-version", version, "-C", classes.toString(), "."));
  }

  private static void tool(String name, List<String> arguments) {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(out, out, arguments.toArray(String[]::new)), told::toString);
  }
}

package org.score4j.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.ToolProvider;

/**
 * Compiles sources with warnings as errors, against what the processors know of the api.
 *
 * @param folder of the sources, and of what is made of them
 */
record Compiler(Path folder) {
  private static final Map<String, String> API =
      Map.of(
          "org/score4j/api/PluginName.java",
          "package org.score4j.api; public @interface PluginName { String value(); }",
          "org/score4j/api/PluginService.java",
          "package org.score4j.api; public @interface PluginService {}",
          "org/score4j/api/Sampler.java",
          "package org.score4j.api; @PluginService public interface Sampler {}",
          "org/score4j/api/Sde.java",
          "package org.score4j.api; @PluginService public interface Sde {}");

  /**
   * A jar of the api that plugins are compiled against.
   *
   * @param version of the api
   */
  Path api(String version, boolean module) throws IOException {
    Path to = folder.resolve("api");
    List<String> arguments = new ArrayList<>(List.of("-d", to.toString(), "-proc:none"));
    if (module) {
      arguments.add(
          source("api", "module-info.java", "module org.score4j.api { exports org.score4j.api; }"));
    }
    for (Map.Entry<String, String> source : API.entrySet()) {
      arguments.add(source("api", source.getKey(), source.getValue()));
    }
    StringWriter told = new StringWriter();
    assertTrue(compile(arguments, List.of(), told), told::toString);
    Files.writeString(to.resolve("org/score4j/api/version.txt"), version + "\n");
    Path jar = folder.resolve("api.jar");
    int packed =
        java.util.spi.ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                to.toString(),
                ".");
    assertEquals(0, packed);
    return jar;
  }

  /** Writes a source and returns its path. */
  String source(String under, String path, String text) throws IOException {
    Path file = folder.resolve(under + "-sources").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  /** Compiles with processors; whether it succeeded. */
  boolean compile(List<String> arguments, List<Processor> processors, StringWriter told)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(List.of("-encoding", "UTF-8", "-Xlint:all,-processing", "-Werror"));
    List<Path> sources = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.endsWith(".java")) {
        sources.add(Path.of(argument));
      } else {
        options.add(argument);
      }
    }
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          compiler.getTask(
              told,
              files,
              null,
              options,
              null,
              files.getJavaFileObjects(sources.toArray(Path[]::new)));
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      return task.call();
    }
  }
}

package org.score4j.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginDeclarationsTest {
  private static final String EULER =
      """
      package a;
      import org.score4j.api.*;
      @PluginName("euler") public record Euler() implements Sampler {}
      """;

  @TempDir Path folder;
  private Compiler compiler;
  private Path classes;

  @BeforeEach
  void makeFolders() throws IOException {
    compiler = new Compiler(folder);
    classes = Files.createDirectory(folder.resolve("classes"));
  }

  private String told(boolean module, Map<String, String> sources) throws IOException {
    Path api = compiler.api("0.3.0", module);
    List<String> arguments =
        new ArrayList<>(List.of("-d", classes.toString(), module ? "-p" : "-cp", api.toString()));
    if (!module) {
      arguments.set(3, api + System.getProperty("path.separator") + classes);
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      arguments.add(compiler.source("mine", source.getKey(), source.getValue()));
    }
    StringWriter told = new StringWriter();
    boolean done =
        compiler.compile(arguments, List.of(new JavadocKeeper(), new PluginDeclarations()), told);
    assertEquals(done, told.toString().isEmpty(), told::toString);
    return told.toString();
  }

  private void compile(boolean module, Map<String, String> sources) throws IOException {
    assertEquals("", told(module, sources));
  }

  private void refused(String problem, Map<String, String> sources) throws IOException {
    String told = told(true, sources);
    assertTrue(told.contains(": error: " + problem + System.lineSeparator()), told);
  }

  private String services(String service) throws IOException {
    return Files.readString(classes.resolve("META-INF/services/org.score4j.api." + service));
  }

  @Test
  void everyPluginIsDeclaredForEachServiceThatItImplements() throws IOException {
    compile(
        false,
        Map.of(
            "a/Euler.java",
            EULER,
            "a/Both.java",
            """
            package a;
            import org.score4j.api.*;
            public interface Both extends Sampler, Sde {
              @PluginName("both") record Plain() implements Both {}
              record Unnamed() implements Both {}
            }
            """));
    assertEquals("a.Both$Plain\na.Euler\n", services("Sampler"));
    assertEquals("a.Both$Plain\n", services("Sde"));
  }

  @Test
  void aModuleDeclaresThemForTheClassPathToo() throws IOException {
    compile(
        true,
        Map.of(
            "module-info.java",
            "module a { requires transitive org.score4j.api; exports a;"
                + " provides org.score4j.api.Sampler with a.Euler; }",
            "a/Euler.java",
            EULER));
    assertEquals("a.Euler\n", services("Sampler"));
  }

  @Test
  void thePluginKnowsTheApiThatItWasCompiledAgainstOnBothPaths() throws IOException {
    for (boolean module : new boolean[] {false, true}) {
      Map<String, String> sources = new LinkedHashMap<>(Map.of("a/Euler.java", EULER));
      if (module) {
        sources.put(
            "module-info.java",
            "module a { requires transitive org.score4j.api; exports a;"
                + " provides org.score4j.api.Sampler with a.Euler; }");
      }
      compile(module, sources);
      assertEquals(
          "api=0.3.0\n", Files.readString(classes.resolve("META-INF/score4j/a.Euler.properties")));
    }
  }

  @Test
  void aPluginThatItsModuleDoesNotProvideIsRefused() throws IOException {
    refused(
        "Euler is a plugin that module a does not provide; its module-info needs: provides"
            + " org.score4j.api.Sampler with a.Euler",
        Map.of(
            "module-info.java",
            "module a { requires transitive org.score4j.api; exports a; }",
            "a/Euler.java",
            EULER));
  }

  @Test
  void aProviderWithoutNameIsRefused() throws IOException {
    refused(
        "Euler is provided as org.score4j.api.Sampler, but has no @PluginName, by which recipes"
            + " name it; add one, or remove it from the module-info of a",
        Map.of(
            "module-info.java",
            "module a { requires transitive org.score4j.api; exports a;"
                + " provides org.score4j.api.Sampler with a.Euler; }",
            "a/Euler.java",
            EULER.replace("@PluginName(\"euler\") ", "")));
  }

  @Test
  void aNamedClassWithoutServiceIsRefused() throws IOException {
    refused(
        "Euler has a @PluginName, but implements no service of the api, such as Sampler; implement"
            + " one, or remove the annotation",
        Map.of(
            "module-info.java",
            "module a { requires transitive org.score4j.api; exports a; }",
            "a/Euler.java",
            EULER.replace("implements Sampler", "")));
  }

  @Test
  void whatIsDeclaredElsewhereStaysAndWhatIsGoneGoes() throws IOException {
    compile(false, Map.of("a/Heun.java", EULER.replace("Euler", "Heun")));
    Path declared = classes.resolve("META-INF/services/org.score4j.api.Sampler");
    Files.writeString(declared, "# by hand\na.Heun # Heun\na.Gone\n\n");
    compile(false, Map.of("a/Euler.java", EULER));
    assertEquals("a.Euler\na.Heun\n", services("Sampler"));
  }
}

package org.score4j.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocKeeperTest {
  @TempDir Path folder;

  /** Compiles a source of package {@code a} with warnings as errors. */
  private void compile(String name, String source) throws IOException {
    Compiler compiler = new Compiler(folder);
    StringWriter told = new StringWriter();
    String file = compiler.source("mine", "a/" + name + ".java", "package a;\n" + source);
    List<String> arguments =
        List.of("-d", folder.toString(), "-cp", compiler.api("", false).toString(), file);
    assertTrue(compiler.compile(arguments, List.of(new JavadocKeeper()), told), told::toString);
  }

  private Path resource(String type) {
    return folder.resolve("META-INF/score4j").resolve(type + ".properties");
  }

  @Test
  void aPublicRecordLeavesItsDescriptionAndThoseOfItsKeys() throws IOException {
    compile(
        "Euler",
        """
        /**
         * Euler's method (Euler 1768):
         *
         * <pre>
         *   x = x + h d,   h &gt; 0
         * </pre>
         *
         * <p>A coarser {@link Heun}.
         *
         * @param steps number of
         *     steps, 1 or more
         * @param grid their times
         * @see Heun
         */
        @org.score4j.api.PluginName("euler")
        public record Euler(int steps, String grid) {
          @org.score4j.api.PluginName("heun-2")
          public record Unused() {}
        }
        @org.score4j.api.PluginName("heun")
        record Heun() {}
        """);
    assertEquals(
        """
        description=Euler's method (Euler 1768)\\:\\n  x \\= x + h d,   h > 0\\nA coarser heun.
        part.grid=their times
        part.steps=number of steps, 1 or more
        """,
        Files.readString(resource("a.Euler")));
  }

  @Test
  void lettersBeyondAsciiAreEscapedSoThatNoEncodingCanGarbleThem() throws IOException {
    compile("Letters", "/** Kynkäänniemi, 日本, 😀. */ public record Letters(int x) {}");
    assertEquals(
        "description=Kynk\\u00E4\\u00E4nniemi, \\u65E5\\u672C, \\uD83D\\uDE00.\n",
        Files.readString(resource("a.Letters")));
    Properties read = new Properties();
    try (InputStream in = Files.newInputStream(resource("a.Letters"))) {
      read.load(in);
    }
    assertEquals("Kynkäänniemi, 日本, 😀.", read.getProperty("description"));
  }

  @Test
  void nestedRecordsAreNamedAsTheRunTimeNamesThem() throws IOException {
    compile("Outer", "public interface Outer { /** Inner. */ record Inner(int x) {} }");
    assertEquals("description=Inner.\n", Files.readString(resource("a.Outer$Inner")));
  }

  @Test
  void anEnumLeavesTheCommentsOfItsConstants() throws IOException {
    compile(
        "Label",
        """
        /** What a network is told. */
        public enum Label {
          /** The step, {@code k < T}. */
          STEP,
          TIME;
          /** No constant. */
          public static final Label USUAL = STEP;
        }
        """);
    assertEquals(
        "description=What a network is told.\npart.STEP=The step, k < T.\n",
        Files.readString(resource("a.Label")));
  }

  @Test
  void nothingIsWrittenForRecordsThatNoRecipeCanGiveOrThatSayNothing() throws IOException {
    compile(
        "Silent",
        """
        public record Silent(int x) {}
        /** Hidden. */
        record Hidden(int x) {}
        """);
    assertFalse(Files.exists(folder.resolve("META-INF")));
  }
}

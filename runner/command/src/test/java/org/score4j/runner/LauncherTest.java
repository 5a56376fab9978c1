package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a source checkout, whose Maven is a script that prints what Maven would. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String BUILT =
      """
      [INFO] Scanning for projects...
      [INFO] Building score4j api 0.1.0                            [2/14]
      [INFO] --- resources:3.3.1:resources (default-resources) @ score4j-api ---
      [WARNING] Something harmless
      [INFO] Building score4j runner 0.1.0                        [14/14]
      [INFO] BUILD SUCCESS
      """;

  @TempDir Path checkout;

  @BeforeEach
  void checkOut() throws IOException {
    Path bin = Files.createDirectories(checkout.resolve("runner/bin"));
    Files.copy(Path.of("..", "bin", "runner"), bin.resolve("runner"));
    Files.createFile(checkout.resolve("pom.xml"));
  }

  /** Starts the launcher; what it says of the build. */
  private List<String> told(String maven) throws IOException, InterruptedException {
    Path script = Files.writeString(checkout.resolve("mvnw"), "#!/bin/sh\n" + maven);
    assertEquals(true, script.toFile().setExecutable(true));
    Path errors = checkout.resolve("errors");
    var builder =
        new ProcessBuilder("sh", checkout.resolve("runner/bin/runner").toString(), "doctor")
            .redirectError(errors.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getInputStream().readAllBytes();
    assertEquals(1, process.waitFor(), "without modules there is nothing to start");
    return Files.readAllLines(errors);
  }

  private static String print(String text) {
    return "cat <<'END'\n" + text + "END\n";
  }

  @Test
  void aBuildTellsEachModule() throws IOException, InterruptedException {
    String stamp =
        "mkdir -p runner/command/target/made/lib; echo made > runner/command/target/distribution\n";
    assertEquals(
        List.of(
            "runner: not built yet; building with Maven, which takes minutes the first time",
            "runner: [2/14] score4j api 0.1.0",
            "runner: [14/14] score4j runner 0.1.0"),
        told(print(BUILT) + stamp).subList(0, 3));
  }

  @Test
  void aBuildThatFailsTellsItsErrors() throws IOException, InterruptedException {
    String error = "[ERROR] Foo.java: cannot find symbol\n";
    assertEquals(
        List.of(
            "runner: not built yet; building with Maven, which takes minutes the first time",
            "runner: [2/14] score4j api 0.1.0",
            "runner: [14/14] score4j runner 0.1.0",
            error.strip(),
            "runner: the build failed; its errors stand above"),
        told(print(BUILT) + print(error) + "exit 1\n"));
  }

  @Test
  void theCollectorGivesWayToOneThatIsNamed() throws IOException, InterruptedException {
    assertTrue(passedToJava(Map.of()).contains("-XX:+UseSerialGC"));
    for (String variable : List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      var passed = passedToJava(Map.of(variable, "-Xmx1g -XX:+UseG1GC"));
      assertFalse(passed.contains("-XX:+UseSerialGC"), variable);
    }
  }

  @Test
  void newerJavaIsToldWhichModulesHaveNativeCode() throws IOException, InterruptedException {
    String allowed =
        "--enable-native-access=org.bytedeco.javacpp,tensorflow.nativelib,org.score4j.engine";
    assertTrue(passedToJava("25.0.1", Map.of()).contains(allowed));
    assertTrue(passedToJava("24", Map.of()).contains("--sun-misc-unsafe-memory-access=allow"));
    assertFalse(passedToJava("21.0.2", Map.of()).contains(allowed));
  }

  @Test
  void aLocaleWithoutLettersBeyondAsciiIsReplaced() throws IOException, InterruptedException {
    for (Map<String, String> locale :
        List.of(
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "POSIX"),
            Map.of("LANG", "", "LC_ALL", "", "LC_CTYPE", ""),
            Map.of("LC_ALL", "none_NONE.UTF-8"))) {
      assertTrue(passedToJava(locale).contains("LC_ALL=C.UTF-8"), locale.toString());
    }
    assertTrue(passedToJava(Map.of("LC_ALL", "C.UTF-8")).contains("LC_ALL=C.UTF-8"));
  }

  /** Windows' launcher cannot run here; it must give the same options. */
  @Test
  void bothLaunchersGiveTheSameOptions() throws IOException {
    List<String> unix = options(Files.readString(Path.of("..", "bin", "runner")));
    List<String> windows = options(Files.readString(Path.of("..", "bin", "runner.cmd")));
    List<String> missing = new ArrayList<>(unix);
    missing.removeAll(windows);
    missing.remove("-Dstyle.color");
    assertEquals(List.of("-Dscore4j.terminal"), missing, "cmd cannot tell what a stream leads to");
    assertTrue(unix.containsAll(windows), windows.toString());
    String cmd = Files.readString(Path.of("..", "bin", "runner.cmd"));
    assertTrue(cmd.contains("if %major% geq 24 set \"permissions="));
    assertTrue(cmd.contains("if %major% lss 17 ("));
    assertTrue(cmd.contains("%permissions% %JAVA_OPTS% %SCORE4J_JAVA_OPTS%"));
    for (String variable :
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "SCORE4J_JAVA_OPTS")) {
      assertTrue(cmd.contains("set " + variable), "the collector gives way to " + variable);
    }
    for (String line : cmd.split("\\R")) {
      assertTrue(
          line.startsWith("rem ") || !line.contains("%java%") || line.contains("\"%java%\""), line);
    }
  }

  /** What a launcher gives Java, apart from paths. */
  private static List<String> options(String launcher) {
    String plain = launcher.replaceAll("(?m)^(#|rem ).*$", "");
    return Pattern.compile(
            "-(Xms\\w+|D[\\w.]+(=(true|0)\\b)?|XX:\\+UseSerialGC|-[a-z-]+=[\\w.,]+|m [\\w./]+)")
        .matcher(plain)
        .results()
        .map(MatchResult::group)
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> passedToJava(Map<String, String> environment)
      throws IOException, InterruptedException {
    return passedToJava("17.0.1", environment);
  }

  /** Starts the launcher of a distribution with a Java that prints its arguments. */
  private List<String> passedToJava(String version, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.createDirectories(checkout.resolve("runner/lib"));
    Path java = Files.createDirectories(checkout.resolve("java/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "VERSION"' >&2
        else printf '%s\\n' "$@" "LC_ALL=$LC_ALL"; fi
        """
            .replace("VERSION", version));
    assertTrue(java.toFile().setExecutable(true));
    var builder = new ProcessBuilder("sh", checkout.resolve("runner/bin/runner").toString());
    builder.environment().put("JAVA_HOME", checkout.resolve("java").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String passed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return passed.lines().toList();
  }
}

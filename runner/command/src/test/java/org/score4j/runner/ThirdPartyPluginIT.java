package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/third-party-sampler}, a Maven project that is no part of score4j's build, builds
 * against score4j's installed artifacts, passes the testkit's contracts, and its jar samples: on
 * the module path and on the class path, with and without a module-info.
 */
class ThirdPartyPluginIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir"), "..", "..").normalize();
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "score4j-describe", "describe",
          "score4j-api", "api",
          "score4j-solver", "engine/solver",
          "score4j-format", "engine/format",
          "score4j-engine", "engine/engine",
          "score4j-testkit", "testkit",
          "score4j-sde", "sde-plugins");

  @TempDir static Path project;
  @TempDir Path folder;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    copy(ROOT.resolve("examples/third-party-sampler"), project);
    String version = System.getProperty("score4j.version");
    Path repository = project.resolve("repository");
    install(repository, "score4j-parent", version, ROOT.resolve("pom.xml"), "pom");
    for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
      Path module = ROOT.resolve(artifact.getValue());
      String name = artifact.getKey();
      install(repository, name, version, module.resolve("pom.xml"), "pom");
      Path jar = module.resolve("target").resolve(name + "-" + version + ".jar");
      install(repository, name, version, jar, "jar");
    }
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command =
        new ArrayList<>(
            List.of(
                ROOT.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("score4j.repository"),
                "-Dtensorflow.native=" + System.getProperty("score4j.native"),
                "verify"));
    Path told = project.resolve("build.log");
    var builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile());
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    int status = builder.start().waitFor();
    assertEquals(0, status, () -> read(told));
    assertTrue(testsRun() > 5, () -> testsRun() + " tests of the contracts");
  }

  private static long testsRun() {
    try (Stream<Path> reports = Files.list(project.resolve("target/surefire-reports"))) {
      return reports
          .filter(file -> file.toString().endsWith(".xml"))
          .mapToLong(file -> read(file).split("<testcase ").length - 1)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(
      Path repository, String name, String version, Path file, String extension)
      throws IOException {
    Path place = repository.resolve("org/score4j").resolve(name).resolve(version);
    Files.createDirectories(place);
    Files.copy(file, place.resolve(name + "-" + version + "." + extension));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The jar that Maven made, a module. */
  private static Path module() {
    return project.resolve("target/plugins/midpoint-sampler-1.0.0.jar");
  }

  /** The same without module-info. */
  private Path plain() throws IOException {
    String source = "com/example/midpoint/Midpoint.java";
    Path build = Files.createDirectory(folder.resolve("plain"));
    return new PluginBuild(build, Distribution.from(folder).lib())
        .jar("1.0.0", Map.of(source, read(project.resolve("src/main/java").resolve(source))));
  }

  private Distribution modulePath() {
    return Distribution.from(folder);
  }

  private static void isListed(String origin, Distribution.Ended ended) {
    String listed = ended.out();
    assertTrue(listed.contains("\n  euler-maruyama   ("), listed);
    String[] entry = {
      "  midpoint   (" + origin + ")",
      "      The explicit midpoint method on the probability-flow ODE",
      "      key    type     default",
      "      steps  integer  25"
    };
    assertTrue(listed.contains(String.join(System.lineSeparator(), entry)), listed);
  }

  @Test
  void aModuleIsListedOnTheModulePath() {
    isListed(
        "com.example.midpoint@1.0.0",
        modulePath().succeed("plugins", "--plugins", module().getParent().toString()));
  }

  @Test
  void aModuleIsListedOnTheClassPath() {
    isListed("midpoint-sampler-1.0.0.jar", modulePath().onClassPath(module()).succeed("plugins"));
  }

  @Test
  void aJarWithoutModuleInfoIsListedOnTheModulePath() throws IOException {
    isListed(
        "plugin", modulePath().succeed("plugins", "--plugins", plain().getParent().toString()));
  }

  private void samples(Distribution runner, String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--recipe", project.resolve("midpoint.json").toString()));
    all.addAll(List.of(options));
    runner.succeed(all.toArray(String[]::new));
    double distance = new RunFiles(folder.resolve("runs/midpoint")).measured("energy-distance");
    // 2000 samples against as many of the data: the distance of two such sets is 0.01 or less.
    assertTrue(Math.abs(distance) < 0.03, () -> "energy distance " + distance);
  }

  @Test
  void samplesOnTheModulePath() throws IOException {
    samples(modulePath(), "--plugins", module().getParent().toString());
  }

  @Test
  void aJarWithoutModuleInfoSamplesOnTheClassPath() throws IOException {
    samples(modulePath().onClassPath(plain()));
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide for plugin authors says what is so: its code compiles, its recipe runs, its tests pass.
 */
class GuideIT {
  private static final Path GUIDE =
      Path.of(System.getProperty("basedir"), "..", "..", "api", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```(java|json)\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern RECORD = Pattern.compile("public record (\\w+)");

  private static final Pattern TEST = Pattern.compile("class (\\w+) implements \\w+Contract");

  private static final String TEST_IMPORTS =
      """
      package com.example.ring;

      import org.score4j.api.*;
      import org.score4j.testkit.*;
      import org.tensorflow.ndarray.Shape;

      """;

  private static final String IMPORTS =
      """
      package com.example.ring;

      import java.nio.ByteBuffer;
      import java.util.*;
      import org.score4j.api.*;
      import org.tensorflow.Operand;
      import org.tensorflow.ndarray.Shape;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      """;

  @TempDir Path folder;

  @Test
  void whatTheGuideShowsWorks() throws IOException {
    var runner = Distribution.from(folder);
    build(runner);
    trains(runner, "--plugins", "mine");
  }

  @Test
  void itWorksOnTheClassPathWithoutModuleInfo() throws IOException {
    var runner = Distribution.from(folder);
    Map<String, String> sources = sources();
    sources.remove("module-info.java");
    trains(runner.onClassPath(new PluginBuild(folder, runner.lib()).jar("1.0", sources)));
  }

  private void trains(Distribution runner, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--recipe", "guide.json"));
    all.addAll(List.of(options));
    runner.file("guide.json", blocks("json").get(0));
    runner.succeed(all.toArray(String[]::new));
    // The mean of 1000 samples of deviation 3 / sqrt(2) in two dimensions: standard error 0.095.
    double distance = new RunFiles(folder.resolve("runs/guide")).measured("mean-distance");
    assertTrue(distance < 0.4, () -> "distance of the means " + distance);
  }

  @Test
  void theTestsThatTheGuideShowsPass() throws Exception {
    PluginBuild build = build(Distribution.from(folder));
    Map<String, String> tests = new LinkedHashMap<>();
    for (String block : blocks("java")) {
      var named = TEST.matcher(block);
      if (named.find()) {
        tests.put("com/example/ring/" + named.group(1) + ".java", TEST_IMPORTS + block);
      }
    }
    assertEquals(6, tests.size(), "a test of each plugin");
    Path testkit =
        Path.of(System.getProperty("basedir"), "..", "..", "testkit", "target", "classes");
    Path classes = build.tests(tests, testkit);
    URL[] urls = {
      classes.toUri().toURL(), build.classes().toUri().toURL(), testkit.toUri().toURL()
    };
    try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      for (String name : tests.keySet()) {
        passes(loader.loadClass(name.replace(".java", "").replace('/', '.')));
      }
    }
  }

  /** Runs the tests of a class, each on an instance of its own, as JUnit does. */
  private static void passes(Class<?> tests) throws ReflectiveOperationException {
    var constructor = tests.getDeclaredConstructor();
    constructor.setAccessible(true);
    int run = 0;
    for (Method method : tests.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        try {
          method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
          throw new AssertionError(tests.getSimpleName() + "." + method.getName(), e.getCause());
        }
        run++;
      }
    }
    assertTrue(run > 5, tests + " has " + run + " tests");
  }

  private PluginBuild build(Distribution runner) throws IOException {
    var build = new PluginBuild(folder, runner.lib());
    build.jar("1.0", sources());
    return build;
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String block : blocks("java")) {
      var named = RECORD.matcher(block);
      if (named.find()) {
        sources.put("com/example/ring/" + named.group(1) + ".java", IMPORTS + block);
      } else if (block.startsWith("module")) {
        sources.put("module-info.java", block);
      }
    }
    assertEquals(7, sources.size(), "six plugins and a module");
    return sources;
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(GUIDE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .toList();
  }
}

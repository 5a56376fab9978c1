package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide for plugin authors says what is so: its code compiles, and its recipe runs. */
class GuideIT {
  private static final Path GUIDE =
      Path.of(System.getProperty("basedir"), "..", "api", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```(java|json)\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern RECORD = Pattern.compile("public record (\\w+)");

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
    List<String> code = blocks("java");
    new PluginBuild(folder, runner.lib()).jar("1.0", sources(code));
    runner.file("guide.json", blocks("json").get(0));
    runner.succeed("--recipe", "guide.json", "--plugins", "mine");
    // The mean of 1000 samples of deviation 3 / sqrt(2) in two dimensions: standard error 0.095.
    double distance = new RunFiles(folder.resolve("runs/guide")).measured("mean-distance");
    assertTrue(distance < 0.4, () -> "distance of the means " + distance);
  }

  private static Map<String, String> sources(List<String> code) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String block : code) {
      var named = RECORD.matcher(block);
      if (named.find()) {
        sources.put("com/example/ring/" + named.group(1) + ".java", IMPORTS + block);
      } else {
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

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control that is no part of score4j: compiled against its jars, packed, dropped in a folder. */
class ThirdPartyControlIT {
  private static final Map<String, String> SOURCES =
      Map.of(
          "module-info.java",
          """
          module com.example.translation {
            requires transitive org.score4j.api;
            exports com.example.translation;
            provides org.score4j.api.Control with com.example.translation.Translation;
          }
          """,
          "com/example/translation/Translation.java",
          """
          package com.example.translation;

          import org.score4j.api.*;
          import org.tensorflow.Operand;
          import org.tensorflow.types.TFloat32;

          /** Draws x_0 + c: score'(x) = score(x - alpha c). */
          @PluginName("translation")
          public record Translation(double c) implements Control {
            public Translation() {
              this(1);
            }

            @Override
            public ScoreField field(ControlGraph graph) {
              var tf = graph.tf();
              var field = graph.field();
              var c = tf.constant((float) c());
              Network moved =
                  (x, level) ->
                      tf.math.sub(
                          x, tf.math.mul(LevelTensors.align(tf, level.alpha(), x), c));
              return new ScoreField() {
                @Override
                public Operand<TFloat32> score(Operand<TFloat32> x, LevelTensors level) {
                  return field.score(moved.apply(x, level), level);
                }

                @Override
                public Operand<TFloat32> noise(Operand<TFloat32> x, LevelTensors level) {
                  return field.noise(moved.apply(x, level), level);
                }

                @Override
                public Operand<TFloat32> denoised(Operand<TFloat32> x, LevelTensors level) {
                  return tf.math.add(field.denoised(moved.apply(x, level), level), c);
                }
              };
            }
          }
          """);

  /** The data are the model's, moved by 2; samples are of both classes in turn. */
  private static final String RECIPE =
      """
      {
        "data": {"type": "mixture", "components": [
          {"weight": 1, "mean": [1, 3], "standardDeviation": [0.2, 0.2]},
          {"weight": 1, "mean": [3, 2], "standardDeviation": [0.2, 0.4]}]},
        "sde": "vp",
        "model": {"type": "gaussian-mixture", "components": [
          {"weight": 1, "mean": [-1, 1], "standardDeviation": [0.2, 0.2]},
          {"weight": 1, "mean": [1, 0], "standardDeviation": [0.2, 0.4]}]},
        "sampler": "heun",
        "control": [{"type": "translation", "c": 2}],
        "sampling": {"count": 2000, "batchSize": 2000},
        "evaluation": ["energy-distance"]
      }
      """;

  @TempDir Path folder;
  private Distribution runner;

  @BeforeEach
  void drop() throws IOException {
    runner = Distribution.from(folder);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                folder.resolve("classes").toString(),
                "-p",
                runner.lib().toString(),
                "--release",
                "17",
                "-Xlint:all,-requires-automatic",
                "-Werror"));
    for (Map.Entry<String, String> source : SOURCES.entrySet()) {
      Path file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    tool("javac", arguments);
    Files.createDirectory(folder.resolve("mine"));
    tool(
        "jar",
        List.of(
            "--create",
            "--file",
            folder.resolve("mine").resolve("translation.jar").toString(),
            "--module-version",
            "2.1",
            "-C",
            folder.resolve("classes").toString(),
            "."));
  }

  private static void tool(String name, List<String> arguments) {
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(out, out, arguments.toArray(String[]::new)), told::toString);
  }

  @Test
  void controlsSamplersThatKnowNothingOfIt() throws IOException {
    runner.file("moved.json", RECIPE);
    runner.succeed("--recipe", "moved.json", "--plugins", "mine");
    double distance = new RunFiles(folder.resolve("runs/moved")).measured("energy-distance");
    assertTrue(Math.abs(distance) < 0.01, () -> "energy distance " + distance);
  }
}

package org.score4j.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that is no part of score4j: compiled against its jars, packed, dropped in a folder. */
class ThirdPartyPluginIT {
  private static final Map<String, String> SOURCES =
      Map.of(
          "module-info.java",
          """
          module com.example.half {
            requires transitive org.score4j.api;
            exports com.example.half;
            provides org.score4j.api.Sampler with com.example.half.ProbabilityFlowEuler;
          }
          """,
          "com/example/half/ProbabilityFlowEuler.java",
          """
          package com.example.half;

          import org.score4j.api.*;

          /** Euler's method on dx = (f x - g^2 score / 2) dt, in steps of equal length. */
          @PluginName("probability-flow-euler")
          public record ProbabilityFlowEuler(int steps) implements Sampler {
            public ProbabilityFlowEuler() {
              this(100);
            }

            public ProbabilityFlowEuler {
              Validation.begin().atLeast("steps", steps, 1).end();
            }

            @Override
            public SamplingLoop build(SamplerGraph graph) {
              var tf = graph.tf();
              var x = graph.state();
              var level = graph.level("t");
              var shrink = graph.scalar("shrink");
              var drift = graph.scalar("drift");
              var score = graph.field().score(x.value(), level);
              var step =
                  graph.kernel(
                      "step",
                      x.set(
                          tf.math.add(
                              tf.math.mul(shrink.value(), x.value()),
                              tf.math.mul(drift.value(), score))));
              Sde sde = graph.sde();
              return progress -> {
                double h = (sde.endTime() - sde.startTime()) / steps;
                for (int i = 0; i < steps; i++) {
                  double t = sde.endTime() - i * h;
                  double g = sde.diffusion(t);
                  step.run(
                      level.at(t), shrink.is(1 - h * sde.drift(t)), drift.is(h * g * g / 2));
                  progress.step(i + 1, steps);
                }
              };
            }
          }
          """);

  /**
   * Data and model are the same mixture, so that nothing but the sampler is on trial. Samples are
   * of both classes in turn, hence the equal weights.
   */
  private static final String RECIPE =
      """
      {
        "data": {"type": "mixture", "components": COMPONENTS},
        "sde": "vp",
        "model": {"type": "gaussian-mixture", "components": COMPONENTS},
        "sampler": {"type": "probability-flow-euler", "steps": 200},
        "sampling": {"count": 2000, "batchSize": 2000},
        "evaluation": ["energy-distance"]
      }
      """
          .replace(
              "COMPONENTS",
              "[{\"weight\": 1, \"mean\": [-1, 1], \"standardDeviation\": [0.2, 0.2]},"
                  + " {\"weight\": 1, \"mean\": [1, 0], \"standardDeviation\": [0.2, 0.4]}]");

  @TempDir Path folder;
  private Distribution runner;

  @BeforeEach
  void drop() throws IOException {
    runner = Distribution.from(folder);
    new PluginBuild(folder, runner.lib()).jar("2.1", SOURCES);
  }

  @Test
  void isListedBesidesOurs() {
    String listed = runner.succeed("plugins", "--plugins", "mine").out();
    assertTrue(listed.contains("\n  euler-maruyama   (org.score4j.sampler@"), listed);
    String[] entry = {
      "  probability-flow-euler   (com.example.half@2.1)",
      "      key    type     default",
      "      steps  integer  100"
    };
    assertTrue(listed.contains(String.join(System.lineSeparator(), entry)), listed);
  }

  @Test
  void samples() throws IOException {
    runner.file("half.json", RECIPE);
    runner.succeed("--recipe", "half.json", "--plugins", "mine");
    double distance = new RunFiles(folder.resolve("runs/half")).measured("energy-distance");
    // Measured: -0.0002; 0.09 when the sampler takes the score in full rather than half of it.
    assertTrue(Math.abs(distance) < 0.01, () -> "energy distance " + distance);
  }
}

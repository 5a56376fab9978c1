package org.score4j.runner.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.Loss;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.engine.LoopMode;
import org.score4j.engine.TensorFile;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.recipe.Sampling;
import org.tensorflow.ndarray.Shape;

class GeneratorTest {
  private static final long STEPS = 3;

  /** Follows the score for one time a step; counts its runs. */
  private record Ascent(int[] rounds) implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var x = graph.state();
      var level = graph.level("t");
      var half = graph.tf().constant(0.5f);
      var pull = graph.tf().math.mul(half, graph.field().score(x.value(), level));
      var step = graph.kernel("step", x.set(graph.tf().math.add(x.value(), pull)));
      return progress -> {
        rounds[0]++;
        for (int i = 0; i < STEPS; i++) {
          step.run(level.at(0.5));
          progress.step(i + 1, STEPS);
        }
      };
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 2", "5, 2, 3", "2, 2, 1", "1, 2, 1", "6, 1, 6", "3, 64, 1"})
  void thereAreAsManyRoundsAsTheSamplesFill(int count, int batch, int rounds, @TempDir Path run) {
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(2));
    int[] found = {0};
    var recipe =
        new Recipe(
            "rounds",
            0,
            mock(Dataset.class),
            new Wiener(1),
            Optional.of(new Centre()),
            Optional.empty(),
            mock(Loss.class),
            Optional.empty(),
            Optional.of(new Ascent(found)),
            List.of(),
            new Sampling(count, batch, Optional.empty(), LoopMode.AUTO),
            Optional.empty(),
            List.of());
    List<Long> done = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    var samples =
        new Generator(
                recipe,
                examples,
                new RunFolder(run),
                new Classifiers(PluginCatalogue.of(List.of()), examples))
            .draw(
                count,
                0,
                (d, t) -> {
                  done.add(d);
                  total.add(t);
                });
    assertEquals(rounds, found[0]);
    assertEquals(2 * count, samples.values().length);
    assertEquals(STEPS, samples.evaluations());
    for (int i = 0; i < done.size(); i++) {
      assertEquals(i + 1, done.get(i));
      assertEquals(rounds * STEPS, total.get(i));
    }
    assertEquals(rounds * STEPS, done.size());
  }

  private static Generator generator(Path run, int classes) throws IOException {
    Files.createDirectory(run.resolve("samples"));
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(2));
    when(examples.classes()).thenReturn(classes);
    Recipe recipe = mock(Recipe.class);
    when(recipe.sampling()).thenReturn(new Sampling(1, 1, Optional.empty(), LoopMode.AUTO));
    var classifiers = new Classifiers(PluginCatalogue.of(List.of()), examples);
    return new Generator(recipe, examples, new RunFolder(run), classifiers);
  }

  @Test
  void samplesAreKeptWithTheirClasses(@TempDir Path run) throws IOException {
    var drawn = new Generator.Samples(new float[] {1, 2, 3, 4, 5, 6}, 3, 10, 5);
    TensorFile kept = TensorFile.open(generator(run, 2).save(drawn, "heun", "{}", "[]"));
    assertEquals(List.of("samples", "labels"), List.copyOf(kept.names()));
    assertEquals(Shape.of(3, 2), kept.shape("samples"));
    assertEquals("I32", kept.type("labels"));
    assertArrayEquals(new double[] {0, 1, 0}, kept.numbers("labels", 0, 3));
  }

  @Test
  void samplesOfDataWithoutClassesHaveNone(@TempDir Path run) throws IOException {
    var drawn = new Generator.Samples(new float[] {1, 2}, 1, 10, 5);
    TensorFile kept = TensorFile.open(generator(run, 0).save(drawn, "heun", "{}", "[]"));
    assertEquals(List.of("samples"), List.copyOf(kept.names()));
    assertArrayEquals(new float[] {1, 2}, kept.floats("samples"));
  }

  @Test
  void onlyTheSameSamplesReplaceAFile(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    var early = new Generator.Samples(new float[] {1, 2}, 1, 10, 5);
    var late = new Generator.Samples(new float[] {3, 4}, 1, 20, 5);
    Path first = generator.save(early, "heun-seed-0", "{}", "[]");
    Path second = generator.save(late, "heun-seed-0", "{}", "[]");
    assertEquals("heun-seed-0.safetensors", first.getFileName().toString());
    assertEquals("heun-seed-0-2.safetensors", second.getFileName().toString());
    assertEquals(first, generator.save(early, "heun-seed-0", "{}", "[]"));
    assertEquals(second, generator.save(late, "heun-seed-0", "{}", "[]"));
  }
}

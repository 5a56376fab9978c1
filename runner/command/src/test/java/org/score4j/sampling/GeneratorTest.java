package org.score4j.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorFile;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.report.Centre;
import org.score4j.report.NormalData;
import org.score4j.report.Wiener;
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
      var pull = graph.tf().math.mul(half, graph.at(x, level).score());
      var step = graph.kernel("step", x.set(graph.tf().math.add(x, pull)));
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
            true,
            Optional.empty(),
            new Wiener(1),
            Optional.of(new Centre()),
            Optional.empty(),
            mock(Loss.class),
            Optional.empty(),
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(new Ascent(found)),
            List.of(),
            new Sampling(
                count,
                batch,
                Optional.empty(),
                LabelChoice.Shares.UNIFORM,
                LoopMode.AUTO,
                Optional.empty()),
            Optional.empty(),
            List.of());
    List<Long> done = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    var samples = new FirstSamples(count, 2);
    var drawn =
        new Generator(
                recipe,
                examples,
                new RunFolder(run),
                new Classifiers(PluginCatalogue.of(List.of()), examples),
                NormalData.labels(recipe, examples))
            .stream(
                Optional.empty(),
                0,
                count,
                0,
                (d, t) -> {
                  done.add(d);
                  total.add(t);
                },
                samples);
    assertEquals(rounds, found[0]);
    assertEquals(count, samples.count());
    assertEquals(STEPS, drawn.evaluations());
    for (int i = 0; i < done.size(); i++) {
      assertEquals(i + 1, done.get(i));
      assertEquals(rounds * STEPS, total.get(i));
    }
    assertEquals(rounds * STEPS, done.size());
  }

  private static Generator generator(Path run, int classes) throws IOException {
    return generator(run, classes, 1);
  }

  private static Generator generator(Path run, int classes, int batch) throws IOException {
    Files.createDirectory(run.resolve("samples"));
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(2));
    when(examples.classes()).thenReturn(classes);
    Recipe recipe = mock(Recipe.class);
    when(recipe.sampling())
        .thenReturn(
            new Sampling(
                1,
                batch,
                Optional.empty(),
                LabelChoice.Shares.UNIFORM,
                LoopMode.AUTO,
                Optional.empty()));
    var classifiers = new Classifiers(PluginCatalogue.of(List.of()), examples);
    when(recipe.scoreModel()).thenReturn(new Centre());
    when(examples.classShares()).thenReturn(new double[] {0.5, 0.5});
    var labels = NormalData.labels(recipe, examples);
    return new Generator(recipe, examples, new RunFolder(run), classifiers, labels);
  }

  private static SampleFile file(Generator generator, int count, long step) {
    return generator.file(
        count, 0, Optional.empty(), "heun-seed-0", Map.of("step", Long.toString(step)));
  }

  private static Path kept(Generator generator, float[] values, long step) {
    int count = values.length / 2;
    try (SampleFile file = file(generator, count, step)) {
      file.take(values, count);
      return file.finish();
    }
  }

  @Test
  void samplesAreKeptWithTheirClasses(@TempDir Path run) throws IOException {
    TensorFile kept = TensorFile.open(kept(generator(run, 2), new float[] {1, 2, 3, 4, 5, 6}, 10));
    assertEquals(List.of("samples", "labels"), List.copyOf(kept.names()));
    assertEquals(Shape.of(3, 2), kept.shape("samples"));
    assertEquals("I32", kept.type("labels"));
    assertArrayEquals(new double[] {0, 1, 0}, kept.numbers("labels", 0, 3));
  }

  @Test
  void samplesOfDataWithoutClassesHaveNone(@TempDir Path run) throws IOException {
    TensorFile kept = TensorFile.open(kept(generator(run, 0), new float[] {1, 2}, 10));
    assertEquals(List.of("samples"), List.copyOf(kept.names()));
    assertArrayEquals(new float[] {1, 2}, kept.floats("samples"));
  }

  @Test
  void onlyTheSameSamplesReplaceAFile(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    Path first = kept(generator, new float[] {1, 2}, 10);
    Path second = kept(generator, new float[] {3, 4}, 20);
    assertEquals("heun-seed-0.safetensors", first.getFileName().toString());
    assertEquals("heun-seed-0-2.safetensors", second.getFileName().toString());
    assertEquals(first, kept(generator, new float[] {1, 2}, 10));
    assertEquals(second, kept(generator, new float[] {3, 4}, 20));
  }

  @Test
  void nothingIsLeftOfSamplesThatAreNotFinite(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    var broken = new float[] {1, Float.NaN};
    assertThrows(SamplingFailure.class, () -> kept(generator, broken, 10));
    assertEquals(List.of(), left(run));
  }

  @Test
  void aDamagedFileIsKeptAsideAndItsSamplesAreDrawnAgain(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    Path file = kept(generator, new float[] {1, 2}, 10);
    byte[] whole = Files.readAllBytes(file);
    for (int position : new int[] {0, 20, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 1;
      Files.write(file, damaged);
      assertEquals(file, kept(generator, new float[] {1, 2}, 10));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
    assertEquals(
        List.of("", ".damaged", ".damaged-2", ".damaged-3"),
        left(run).stream()
            .map(left -> left.getFileName().toString().replace("heun-seed-0.safetensors", ""))
            .sorted()
            .toList());
  }

  @Test
  void aFolderOfTheNameOfAFileStays(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    Files.createDirectories(run.resolve("samples/heun-seed-0.safetensors"));
    Path file = kept(generator, new float[] {1, 2}, 10);
    assertEquals("heun-seed-0-2.safetensors", file.getFileName().toString());
  }

  @Test
  void whatAnotherInterruptedDrawingLeftIsKept(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    try (SampleFile file = file(generator, 4, 1)) {
      file.take(new float[] {1, 2}, 1);
      file.take(new float[] {3, 4}, 1);
    }
    Path part = left(run).get(0);
    byte[] bytes = Files.readAllBytes(part);
    try (SampleFile other = file(generator, 4, 2)) {
      assertEquals(0, other.before());
      other.take(new float[] {5, 6, 7, 8, 9, 10, 11, 12}, 4);
      assertEquals("heun-seed-0-2.safetensors", other.finish().getFileName().toString());
    }
    assertArrayEquals(bytes, Files.readAllBytes(part));
    try (SampleFile resumed = file(generator, 4, 1)) {
      assertEquals(2, resumed.before());
    }
  }

  @Test
  void damagedBatchesOfAnInterruptedDrawingAreDrawnAgain(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 0);
    try (SampleFile file = file(generator, 4, 1)) {
      file.take(new float[] {1, 2}, 1);
      file.take(new float[] {3, 4}, 1);
      file.take(new float[] {5, 6}, 1);
    }
    Path part = left(run).get(0);
    byte[] bytes = Files.readAllBytes(part);
    // Behind the data of four samples are the checksums of three batches, 16 bytes each.
    bytes[bytes.length - 3 * 16 - 2 * 8 - 8] ^= 1;
    Files.write(part, bytes);
    try (SampleFile file = file(generator, 4, 1)) {
      assertEquals(1, file.before());
      assertArrayEquals(new float[] {1, 2}, replayed(file));
    }
  }

  private static List<Path> left(Path run) throws IOException {
    try (var left = Files.list(run.resolve("samples"))) {
      return left.toList();
    }
  }

  @Test
  void wholeBatchesOfAnInterruptedDrawingAreHandedOver(@TempDir Path run) throws IOException {
    Generator generator = generator(run, 2, 2);
    try (SampleFile file = file(generator, 6, 1)) {
      file.take(new float[] {1, 2, 3, 4, 5, 6}, 3);
    }
    try (SampleFile file = file(generator, 6, 1)) {
      assertEquals(2, file.before());
      assertEquals(2, file.count());
      assertArrayEquals(new float[] {1, 2, 3, 4}, replayed(file));
      file.take(new float[] {5, 6, 7, 8, 9, 10, 11, 12}, 4);
    }
    Path whole;
    try (SampleFile file = file(generator, 6, 1)) {
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, replayed(file));
      file.take(new float[] {9, 10, 11, 12}, 2);
      whole = file.finish();
    }
    assertArrayEquals(
        new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
        TensorFile.open(whole).floats("samples"));
    assertEquals(List.of(whole), left(run));
  }

  private static float[] replayed(SampleFile file) {
    var handed = new FirstSamples(file.before(), 2);
    file.replay(handed);
    assertEquals(file.before(), handed.count());
    return handed.values();
  }

  @Test
  void thePictureHasTheFirstSamplesOfAStream() {
    var first = new FirstSamples(3, 2);
    first.take(new float[] {1, 2, 3, 4}, 2);
    first.take(new float[] {5, 6, 7, 8}, 2);
    first.take(new float[] {9, 10}, 1);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, first.values());
  }
}

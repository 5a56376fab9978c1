package org.score4j.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Condition;
import org.score4j.api.Dataset;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreModel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.folder.FileDigest;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorFile;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.report.NormalData;
import org.score4j.report.RawTensors;
import org.score4j.report.Wiener;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Samples that start from the states of a file: of a class c, x becomes (x + c) / 2. */
class GivenStatesTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFolderOfSamples() throws IOException {
    Files.createDirectory(folder.resolve("samples"));
  }

  /** Score class - x. */
  private record ToClass() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      if (condition.labels().isEmpty()) {
        return tf.math.neg(x);
      }
      var label = tf.dtypes.cast(condition.labels().get(), TFloat32.class);
      return tf.math.sub(LevelTensors.align(tf, label, x), x);
    }

    @Override
    public boolean conditional() {
      return true;
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }
  }

  /** Half a score, once. */
  private record HalfWay() implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var x = graph.state();
      var level = graph.level("t");
      var half = graph.tf().constant(0.5f);
      var pull = graph.tf().math.mul(half, graph.at(x, level).score());
      var step = graph.kernel("step", x.set(graph.tf().math.add(x, pull)));
      return progress -> step.run(level.at(0.5));
    }
  }

  private Generator generator(int batch, int classes, long... shape) {
    var data = new NormalData(Shape.of(shape), Optional.empty(), classes);
    var recipe =
        new Recipe(
            "given",
            0,
            mock(Dataset.class),
            true,
            Optional.empty(),
            new Wiener(4),
            Optional.of(new ToClass()),
            Optional.empty(),
            mock(Loss.class),
            Optional.empty(),
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(new HalfWay()),
            List.of(),
            new Sampling(
                1,
                batch,
                Optional.empty(),
                LabelChoice.Shares.UNIFORM,
                LoopMode.AUTO,
                Optional.empty()),
            Optional.empty(),
            List.of());
    return new Generator(
        recipe,
        data,
        new RunFolder(folder),
        new Classifiers(PluginCatalogue.of(List.of()), data),
        NormalData.labels(recipe, data));
  }

  private Path file(RawTensors tensors) throws IOException {
    return tensors.write(folder.resolve("in.safetensors"));
  }

  private static float[] draw(Generator generator, int count, GivenStates states) {
    var samples = new FirstSamples(count, 2);
    generator.stream(Optional.empty(), 0, count, 7, Optional.of(states), Progress.NONE, samples);
    return samples.values();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void samplesStartFromTheStatesWhateverTheBatches(int batch) throws IOException {
    Generator generator = generator(batch, 0, 2);
    Path file = file(new RawTensors().with("x", "F64", List.of(3, 2), 2, 4, 6, 8, 10, 12));
    assertEquals(3, GivenStates.count(file));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, draw(generator, 3, generator.given(file)));
    assertArrayEquals(new float[] {1, 2, 3, 4}, draw(generator, 2, generator.given(file)));
  }

  @Test
  void classesOfTheFileAreTheSamplesAndAreRecorded() throws IOException {
    Generator generator = generator(2, 5, 2);
    Path file =
        file(
            new RawTensors()
                .with("x", "F32", List.of(3, 2), 0)
                .with("labels", "I64", List.of(3), 4, 2, 3));
    GivenStates states = generator.given(file);
    assertArrayEquals(new float[] {2, 2, 1, 1, 1.5f, 1.5f}, draw(generator, 3, states));
    try (SampleFile kept = generator.file(3, 7, Optional.of(states), "some", Map.of())) {
      kept.take(new float[6], 3);
      TensorFile written = TensorFile.open(kept.finish());
      assertArrayEquals(new double[] {4, 2, 3}, written.numbers("labels", 0, 3));
      assertEquals("sha256 " + FileDigest.sha256(file), written.metadata().get("input"));
    }
  }

  @Test
  void onlySamplesOfTheSameStatesAreResumed() throws IOException {
    Generator generator = generator(1, 0, 2);
    GivenStates some = generator.given(file(new RawTensors().with("x", "F32", List.of(2, 2), 1)));
    GivenStates others = generator.given(file(new RawTensors().with("x", "F32", List.of(2, 2), 2)));
    try (SampleFile kept = generator.file(2, 7, Optional.of(some), "some", Map.of())) {
      kept.take(new float[4], 2);
    }
    try (SampleFile same = generator.file(2, 7, Optional.of(some), "some", Map.of())) {
      assertEquals(1, same.before());
    }
    try (SampleFile other = generator.file(2, 7, Optional.of(others), "some", Map.of())) {
      assertEquals(0, other.before());
    }
  }

  @Test
  void filesOfOtherThingsAreRefused() throws IOException {
    Generator generator = generator(2, 0, 2);
    assertRefused(
        "holds samples, which are data, expected x or x_nchw, states at the end time; encode"
            + " computes those of data",
        generator,
        new RawTensors().with("samples", "F32", List.of(3, 2), 0));
    assertRefused(
        "x: has shape [3, 3], expected x of shape [B, 2]",
        generator,
        new RawTensors().with("x", "F32", List.of(3, 3), 0));
    assertRefused(
        "x[1, 0] is NaN, expected a finite float32",
        generator,
        new RawTensors().with("x", "F32", List.of(2, 2), 0, 0, Double.NaN));
    Path file = file(new RawTensors().with("x", "F32", List.of(3, 2), 0));
    BadInput few = assertThrows(BadInput.class, () -> generator.given(file).checkCount(4));
    assertEquals(
        file + ": holds 3 states, but 4 samples are wanted; leave --count out", few.getMessage());
    Path none = file(new RawTensors().with("z", "F32", List.of(3, 2), 0));
    assertThrows(BadInput.class, () -> GivenStates.count(none));
  }

  private void assertRefused(String fault, Generator generator, RawTensors input)
      throws IOException {
    Path file = file(input);
    BadInput refused = assertThrows(BadInput.class, () -> generator.given(file));
    assertEquals(file + ": " + fault, refused.getMessage());
  }

  /** Wiener noise of variance 4 has a deviation of 2 at its end. */
  @Test
  void statesOfAnotherScaleThanThePriorAreNoted() throws IOException {
    Generator generator = generator(2, 0, 2);
    var unit = new RawTensors().with("x", "F32", List.of(100, 2), 0.5, -0.5);
    Optional<String> note = generator.given(file(unit)).note(new Wiener(4));
    assertTrue(note.orElseThrow().contains("root mean square of 0.500"), note.get());
    var scaled = new RawTensors().with("x", "F32", List.of(100, 2), 2, -2);
    assertEquals(Optional.empty(), generator.given(file(scaled)).note(new Wiener(4)));
  }
}

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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Condition;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.RawTensors;
import org.score4j.report.Wiener;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ScorerTest {
  @TempDir Path folder;

  /** Score class - x, times the channel's number from 1 if there are channels. */
  private record Pull() implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      Operand<TFloat32> score = tf.math.neg(x);
      if (condition.labels().isPresent()) {
        var label = tf.dtypes.cast(condition.labels().get(), TFloat32.class);
        score = tf.math.add(score, LevelTensors.align(tf, label, x));
      }
      return x.shape().numDimensions() == 4
          ? tf.math.mul(score, tf.constant(new float[] {1, 2, 3}))
          : score;
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }
  }

  private Scorer scorer(int batch, int classes, long... shape) {
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(shape));
    when(examples.classes()).thenReturn(classes);
    var recipe =
        new Recipe(
            "exact",
            0,
            mock(Dataset.class),
            true,
            Optional.empty(),
            new Wiener(4),
            Optional.of(new Pull()),
            Optional.empty(),
            mock(Loss.class),
            Optional.empty(),
            new Compute(),
            new CheckpointSettings(),
            new Logging(),
            Optional.of(mock(Sampler.class)),
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
    return new Scorer(recipe, examples, new RunFolder(folder));
  }

  private TensorFile score(Scorer scorer, RawTensors input) throws IOException {
    Path file = input.write(folder.resolve("in.safetensors"));
    Path output = folder.resolve("out.safetensors");
    scorer.score(file, new NewOutput(output, true), Weights.EMA, Progress.NONE);
    return TensorFile.open(output);
  }

  /** All that the user is told of an input. */
  private void assertRefused(String lines, Scorer scorer, RawTensors input) throws IOException {
    Path file = input.write(folder.resolve("in.safetensors"));
    Path output = folder.resolve("refused.safetensors");
    BadInput told =
        assertThrows(
            BadInput.class,
            () -> scorer.score(file, new NewOutput(output, false), Weights.EMA, Progress.NONE));
    assertEquals(lines, told.getMessage().replace(folder + "/", "") + "\n");
    try (var files = Files.list(folder)) {
      assertEquals(List.of("in.safetensors"), files.map(f -> "" + f.getFileName()).toList());
    }
  }

  @Test
  void pointsAreScoredBatchByBatchInOrder() throws IOException {
    var input =
        new RawTensors()
            .with("x", "F64", List.of(5, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            .with("t", "F64", List.of(5), 0.1, 1, 4, 1, 1)
            .with("labels", "I64", List.of(5), 0, 1, 2, -1, 0);
    List<Long> done = new ArrayList<>();
    Path file = input.write(folder.resolve("in.safetensors"));
    Path output = folder.resolve("out.safetensors");
    long count =
        scorer(2, 3, 2)
            .score(
                file,
                new NewOutput(output, false),
                Weights.EMA,
                (d, total) -> done.add(d * 100 + total));
    assertEquals(5, count);
    assertEquals(List.of(205L, 405L, 505L), done);
    var found = TensorFile.open(output);
    assertEquals(List.of("score", "noise", "denoised"), List.copyOf(found.names()));
    assertEquals(Shape.of(5, 2), found.shape("denoised"));
    float[] score = {-1, -2, -2, -3, -3, -4, -8, -9, -9, -10};
    assertArrayEquals(score, found.floats("score"));
    float[] noise = {0.1f, 0.2f, 2, 3, 6, 8, 8, 9, 9, 10};
    float root = (float) Math.sqrt(0.1f);
    noise[0] = root;
    noise[1] = 2 * root;
    assertArrayEquals(noise, found.floats("noise"), 1e-6f);
    assertArrayEquals(
        new float[] {0.9f, 1.8f, 1, 1, -7, -10, -1, -1, 0, 0}, found.floats("denoised"), 1e-6f);
  }

  @Test
  void labelsThatAreNotGivenMeanAnyClass() throws IOException {
    var input =
        new RawTensors().with("x", "F32", List.of(2, 1), 1, 2).with("t", "F32", List.of(2), 1);
    assertArrayEquals(new float[] {-2, -3}, score(scorer(8, 3, 1), input).floats("score"));
  }

  /** As PyTorch has timesteps. */
  @Test
  void timesMayBeWholeNumbersOrDoubles() throws IOException {
    for (String type : List.of("I32", "I64", "F64")) {
      var input =
          new RawTensors()
              .with("x", "F32", List.of(3, 1), 1, 2, 4)
              .with("t", type, List.of(3), 1, 4, 2);
      float[] noise = score(scorer(8, 0, 1), input).floats("noise");
      assertArrayEquals(new float[] {1, 4, 4 * (float) Math.sqrt(2)}, noise, 1e-6f);
    }
  }

  /** The score 0 - x of a variance of 0.1, which is where the process starts. */
  @Test
  void samplesNeedNoTime() throws IOException {
    var input =
        new RawTensors()
            .with("samples", "F32", List.of(2, 1), 1, 2)
            .with("labels", "I32", List.of(2), 0);
    TensorFile told = score(scorer(8, 3, 1), input);
    assertArrayEquals(new float[] {-1, -2}, told.floats("score"));
    assertArrayEquals(new float[] {0.9f, 1.8f}, told.floats("denoised"), 1e-6f);
  }

  @Test
  void imagesKeepTheirLayout() throws IOException {
    // Two images of 1 x 2 pixels and 3 channels.
    var last =
        new RawTensors()
            .with("x", "F32", List.of(2, 1, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
            .with("t", "F32", List.of(2), 1);
    var first =
        new RawTensors()
            .with("x_nchw", "F32", List.of(2, 3, 1, 2), 1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12)
            .with("t", "F32", List.of(2), 1);
    float[] score = {-1, -4, -9, -4, -10, -18, -7, -16, -27, -10, -22, -36};
    assertArrayEquals(score, score(scorer(2, 0, 1, 2, 3), last).floats("score"));
    var found = score(scorer(2, 0, 1, 2, 3), first);
    assertEquals(Shape.of(2, 3, 1, 2), found.shape("score"));
    assertArrayEquals(
        new float[] {-1, -4, -4, -10, -9, -18, -7, -10, -16, -22, -27, -36}, found.floats("score"));
  }

  @Test
  void everythingThatIsWrongWithNamesTypesAndShapesIsTold() throws IOException {
    var images = scorer(2, 0, 4, 4, 3);
    assertRefused(
        """
        in.safetensors: label: unexpected; known: x, x_nchw or samples, t, labels
        in.safetensors: holds no x of shape [B, 4, 4, 3], or x_nchw of shape [B, 3, 4, 4]
        in.safetensors: holds no t of shape [B]
        """,
        images,
        new RawTensors().with("label", "I32", List.of(2), 0));
    assertRefused(
        """
        in.safetensors: holds x and x_nchw, wanted one of them: x of shape [B, 4, 4, 3], or \
        x_nchw of shape [B, 3, 4, 4]
        in.safetensors: t: has shape [2, 1], expected [B]
        """,
        images,
        new RawTensors()
            .with("x", "F32", List.of(2, 4, 4, 3), 0)
            .with("x_nchw", "F32", List.of(2, 3, 4, 4), 0)
            .with("t", "F32", List.of(2, 1), 1));
    assertRefused(
        """
        in.safetensors: x: has type F16, expected F32 or F64
        in.safetensors: x: has shape [2, 3, 4, 4], expected x of shape [B, 4, 4, 3], or x_nchw of \
        shape [B, 3, 4, 4]
        in.safetensors: t: has type BOOL, expected F32, F64, I32 or I64
        in.safetensors: t: has shape [3], expected [2]
        in.safetensors: labels: unexpected, for the run's data have no classes
        """,
        images,
        new RawTensors()
            .with("x", "F16", List.of(2, 3, 4, 4), 0)
            .with("t", "BOOL", List.of(3), 1)
            .with("labels", "I32", List.of(2), 0));
    assertRefused(
        """
        in.safetensors: x: holds no examples
        in.safetensors: labels: has type F32, expected I32 or I64
        in.safetensors: labels: has shape [2], expected [0]
        """,
        scorer(2, 3, 2),
        new RawTensors()
            .with("x", "F32", List.of(0, 2), 0)
            .with("t", "F32", List.of(0), 0)
            .with("labels", "F32", List.of(2), 0));
    assertRefused(
        "in.safetensors: x_nchw: has shape [2, 2], expected x of shape [B, 2]\n",
        scorer(2, 0, 2),
        new RawTensors().with("x_nchw", "F32", List.of(2, 2), 0).with("t", "F32", List.of(2), 1));
  }

  @Test
  void everyNumberThatCannotBeUsedIsToldWithItsPlace() throws IOException {
    assertRefused(
        "in.safetensors: x_nchw[2, 1, 0, 3] is NaN, expected a finite float32\n",
        scorer(2, 0, 1, 4, 3),
        new RawTensors()
            .with("x_nchw", "F32", List.of(3, 3, 1, 4), withAt(31, Double.NaN, 36))
            .with("t", "F32", List.of(3), 1));
    assertRefused(
        "in.safetensors: x[0, 1] is 1.0E39, expected a finite float32\n",
        scorer(2, 0, 2),
        new RawTensors().with("x", "F64", List.of(1, 2), 0, 1e39).with("t", "F32", List.of(1), 1));
    assertRefused(
        "in.safetensors: t[2] is 4.1, expected a time of the forward process, from 0.1 to 4.0\n",
        scorer(2, 0, 2),
        new RawTensors()
            .with("x", "F32", List.of(3, 2), 0)
            .with("t", "F64", List.of(3), 0.1, 4, 4.1));
    assertRefused(
        "in.safetensors: t[1] is 5.0, expected a time of the forward process, from 0.1 to 4.0\n",
        scorer(2, 0, 2),
        new RawTensors().with("x", "F32", List.of(2, 2), 0).with("t", "I64", List.of(2), 1, 5));
    assertRefused(
        "in.safetensors: t[0] is NaN, expected a time of the forward process, from 0.1 to 4.0\n",
        scorer(2, 0, 2),
        new RawTensors()
            .with("x", "F32", List.of(1, 2), 0)
            .with("t", "F32", List.of(1), Double.NaN));
    assertRefused(
        "in.safetensors: labels[1] is 3, expected a class from 0 to 2, or -1 for any\n",
        scorer(2, 3, 2),
        new RawTensors()
            .with("x", "F32", List.of(2, 2), 0)
            .with("t", "F32", List.of(2), 1)
            .with("labels", "I32", List.of(2), 0, 3));
  }

  private static double[] withAt(int index, double value, int count) {
    double[] values = new double[count];
    values[index] = value;
    return values;
  }

  @Test
  void aMissingInputAndAnOutputThatIsThereAreTold() throws IOException {
    Path output = Files.writeString(folder.resolve("out.safetensors"), "mine");
    Path missing = folder.resolve("in.safetensors");
    BadInput there =
        assertThrows(
            BadInput.class,
            () ->
                scorer(2, 0, 2)
                    .score(missing, new NewOutput(output, false), Weights.EMA, Progress.NONE));
    assertEquals(
        output + ": exists; choose another --output, or replace it with --force",
        there.getMessage());
    assertEquals("mine", Files.readString(output));
    TensorFileException none =
        assertThrows(
            TensorFileException.class,
            () ->
                scorer(2, 0, 2)
                    .score(missing, new NewOutput(output, true), Weights.EMA, Progress.NONE));
    assertEquals(missing + ": there is no such file", none.getMessage());
  }
}

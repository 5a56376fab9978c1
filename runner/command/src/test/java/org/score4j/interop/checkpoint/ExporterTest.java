package org.score4j.interop.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.Condition;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;
import org.score4j.api.ReferenceWeights;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.Standardization;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.folder.Manifest;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.interop.ExportFormat;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ExporterTest {
  @TempDir Path folder;
  private Optional<Standardization> units = Optional.empty();
  private Path output;

  /** A network of one kernel and two matrices side by side, which is never applied. */
  private record Published() implements ScoreModel, ReferenceWeights {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      return x;
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }

    @Override
    public List<ReferenceWeight> referenceWeights(int height) {
      return List.of(
          new ReferenceWeight("conv" + height + ".weight", "conv/kernel", Layout.OIHW),
          new ReferenceWeight(List.of("q.W", "k.W"), "qk/kernel", Layout.MATRIX));
    }
  }

  /** The same, but that its authors' code computes something else. */
  private record Altered() implements ScoreModel, ReferenceWeights {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      return x;
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }

    @Override
    public List<ReferenceWeight> referenceWeights(int height) {
      return new Published().referenceWeights(height);
    }

    @Override
    public Map<String, String> authorsValues(Sde sde) {
      return Map.of("groupSize", "1");
    }
  }

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("out.safetensors");
  }

  private Exporter exporter(ScoreModel model) {
    Examples examples = mock(Examples.class);
    when(examples.shape()).thenReturn(Shape.of(16, 16, 2));
    when(examples.standardization()).thenReturn(units);
    Manifest manifest = mock(Manifest.class);
    when(manifest.recipeText()).thenReturn("{}");
    var recipe =
        new Recipe(
            "exported",
            0,
            mock(Dataset.class),
            true,
            Optional.empty(),
            mock(Sde.class),
            Optional.of(model),
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
                1,
                Optional.empty(),
                LabelChoice.Shares.UNIFORM,
                LoopMode.AUTO,
                Optional.empty()),
            Optional.empty(),
            List.of());
    return new Exporter(recipe, examples, new RunFolder(folder), manifest);
  }

  /** conv/kernel [1, 2, 2, 3] and qk/kernel [1, 1, 2, 4], counted from 0; model is 100 more. */
  private void checkpoint(String... others) throws IOException {
    Path file = new RunFolder(folder).checkpoints().of(7);
    Files.createDirectories(file.getParent());
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (String prefix : List.of("model/", "ema/")) {
      shapes.put(prefix + "conv/kernel", Shape.of(1, 2, 2, 3));
      shapes.put(prefix + "qk/kernel", Shape.of(1, 1, 2, 4));
      for (String other : others) {
        shapes.put(prefix + other, Shape.of(1));
      }
    }
    shapes.put("adam/m/conv/kernel", Shape.of(1, 2, 2, 3));
    try (var stream = new TensorStream(file, Map.of("step", "7"), shapes)) {
      shapes.forEach(
          (name, shape) -> stream.write(name, counted(name.startsWith("model") ? 100 : 0, shape)));
      stream.finish();
    }
  }

  private static float[] counted(int from, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i;
    }
    return values;
  }

  private List<String> export(ScoreModel model, ExportFormat format, Weights weights) {
    return exporter(model).export(format, weights, new NewOutput(output, false));
  }

  private void assertRefused(String line, ScoreModel model, ExportFormat format) {
    BadInput told = assertThrows(BadInput.class, () -> export(model, format, Weights.EMA));
    assertEquals(line, told.getMessage().replace(folder.toString(), "RUN"));
    assertEquals(false, Files.exists(output));
  }

  @Test
  void ownNamesAreThePathsOfTheParameters() throws IOException {
    checkpoint();
    export(new Published(), ExportFormat.SAFETENSORS, Weights.PARAMETERS);
    var found = TensorFile.open(output);
    assertEquals(List.of("conv/kernel", "qk/kernel"), List.copyOf(found.names()));
    assertEquals(Shape.of(1, 2, 2, 3), found.shape("conv/kernel"));
    assertArrayEquals(counted(100, Shape.of(1, 2, 2, 3)), found.floats("conv/kernel"));
    assertEquals(Map.of("step", "7", "weights", "parameters", "recipe", "{}"), found.metadata());
  }

  @Test
  void aMissingFolderIsMade() throws IOException {
    checkpoint();
    output = folder.resolve("served/far/1");
    export(new Published(), ExportFormat.SAFETENSORS, Weights.EMA);
    assertEquals(2, TensorFile.open(output).names().size());
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    checkpoint();
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    output = file.resolve("1");
    BadInput told =
        assertThrows(
            BadInput.class, () -> export(new Published(), ExportFormat.SAFETENSORS, Weights.EMA));
    assertTrue(
        told.getMessage().startsWith(output + ": its folder cannot be made ("), told.getMessage());
    assertTrue(told.getMessage().endsWith("); choose another --output"), told.getMessage());
  }

  @Test
  void authorsNamesHaveTheAuthorsLayouts() throws IOException {
    checkpoint();
    export(new Published(), ExportFormat.REFERENCE, Weights.EMA);
    var found = TensorFile.open(output);
    assertEquals(List.of("conv16.weight", "q.W", "k.W"), List.copyOf(found.names()));
    assertEquals(Shape.of(3, 2, 1, 2), found.shape("conv16.weight"));
    assertArrayEquals(
        new float[] {0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11}, found.floats("conv16.weight"));
    assertEquals(Shape.of(2, 2), found.shape("q.W"));
    assertArrayEquals(new float[] {0, 1, 4, 5}, found.floats("q.W"));
    assertArrayEquals(new float[] {2, 3, 6, 7}, found.floats("k.W"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SAFETENSORS", "REFERENCE"})
  void bareWeightsSayInWhichUnitsTheirDataAre(ExportFormat format) throws IOException {
    checkpoint();
    units = Optional.of(new Standardization(List.of(1.5, 2.0), List.of(0.5, 4.0)));
    assertEquals(
        List.of(
            "the network takes standardized data, (y - mean) / deviation, with mean [1.5, 2.0] and"
                + " deviation [0.5, 4.0]"),
        export(new Published(), format, Weights.EMA));
  }

  @Test
  void aNetworkThatHasMoreThanTheAuthorsIsNotMadeLess() throws IOException {
    checkpoint("embedding/classes");
    assertRefused(
        "RUN: the authors' network has nothing for embedding/classes; use --format safetensors",
        new Published(),
        ExportFormat.REFERENCE);
  }

  @Test
  void aNetworkThatTheAuthorsCodeCannotComputeIsNotWritten() throws IOException {
    checkpoint();
    assertRefused(
        "RUN: model.groupSize: must be 1 for score_sde_pytorch to compute this network; use"
            + " --format safetensors",
        new Altered(),
        ExportFormat.REFERENCE);
  }

  @Test
  void aModelThatNobodyPublishedHasNoAuthorsNames() throws IOException {
    checkpoint();
    assertRefused(
        "RUN: its model has no published counterpart whose names --format reference could use; use"
            + " --format safetensors",
        mock(ScoreModel.class),
        ExportFormat.REFERENCE);
  }

  @Test
  void aModelWithoutWeightsHasNoneToExport() {
    assertRefused(
        "RUN: its model has no weights to be exported; use --format savedmodel",
        new Published(),
        ExportFormat.SAFETENSORS);
  }

  @Test
  void whatIsThereIsReplacedOnlyOnDemand() throws IOException {
    checkpoint();
    Files.writeString(output, "mine");
    for (ExportFormat format : ExportFormat.values()) {
      BadInput told =
          assertThrows(BadInput.class, () -> export(new Published(), format, Weights.EMA));
      assertEquals(
          output + ": exists; choose another --output, or replace it with --force",
          told.getMessage());
    }
    assertEquals("mine", Files.readString(output));
    exporter(new Published())
        .export(ExportFormat.SAFETENSORS, Weights.EMA, new NewOutput(output, true));
    assertEquals(2, TensorFile.open(output).names().size());
  }

  @Test
  void aFolderThatIsNoSavedModelIsNeverReplaced() throws IOException {
    checkpoint();
    Path holiday = Files.createDirectory(folder.resolve("holiday"));
    Files.writeString(holiday.resolve("photo"), "mine");
    BadInput told =
        assertThrows(
            BadInput.class,
            () ->
                exporter(new Published())
                    .export(ExportFormat.SAVEDMODEL, Weights.EMA, new NewOutput(holiday, true)));
    assertEquals(holiday + ": is not a SavedModel, and is not replaced", told.getMessage());
    assertEquals("mine", Files.readString(holiday.resolve("photo")));
  }
}

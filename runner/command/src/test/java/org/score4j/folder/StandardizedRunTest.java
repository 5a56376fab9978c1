package org.score4j.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.Metric;
import org.score4j.api.Progress;
import org.score4j.api.Standardization;
import org.score4j.evaluation.Evaluation;
import org.score4j.evaluation.Evaluator;
import org.score4j.evaluation.RealFeatures;
import org.score4j.examples.Reference;
import org.score4j.examples.Standardizing;
import org.score4j.flow.FlowSettings;
import org.score4j.flow.Latents;
import org.score4j.flow.Likelihood;
import org.score4j.flow.LikelihoodRequest;
import org.score4j.format.TensorFile;
import org.score4j.label.ClassMix;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.report.NormalData;
import org.score4j.report.RawTensors;
import org.score4j.sampling.Scorer;
import org.tensorflow.ndarray.Shape;

/** Examples n = 0 to 4 are (n, n) in their own units, and ((n - 2) / 2, (n + 1) / 4) to a model. */
class StandardizedRunTest {
  private static final Standardization CHANGE =
      new Standardization(List.of(2.0, -1.0), List.of(2.0, 4.0));
  private static final FlowSettings SETTINGS = new FlowSettings(1e-5, Weights.EMA);

  @TempDir Path folder;
  private final Examples data =
      Standardizing.apply(new NormalData(Shape.of(2), Optional.empty()), Optional.of(CHANGE));

  private NewOutput output(String name) {
    return new NewOutput(folder.resolve(name), false);
  }

  private Path input(double... x) throws IOException {
    return new RawTensors()
        .with("x", "F32", List.of(x.length / 2, 2), x)
        .with("t", "F32", List.of(x.length / 2), 1)
        .write(folder.resolve("in"));
  }

  private Path points(double... x) throws IOException {
    return new RawTensors()
        .with("x", "F32", List.of(x.length / 2, 2), x)
        .write(folder.resolve("points"));
  }

  private float[] written(String file, String tensor) {
    return TensorFile.open(folder.resolve(file)).floats(tensor);
  }

  @Test
  void densitiesAreThoseOfTheDataInTheirOwnUnits() throws IOException {
    assertDensities(Optional.empty());
  }

  @Test
  void densitiesOfDataInAFileAreThoseOfTheDataInTheirOwnUnits() throws IOException {
    assertDensities(Optional.of(points(0, 0, 1, 1, 2, 2, 3, 3, 4, 4)));
  }

  private void assertDensities(Optional<Path> input) {
    var likelihood =
        new Likelihood(NormalData.recipe(2), new Reference(data), new RunFolder(folder));
    var request =
        new LikelihoodRequest(
            input, 0, OptionalLong.empty(), 3, SETTINGS, Optional.empty(), Optional.empty(), 1);
    likelihood.tell(request, Optional.of(output("nats")), Progress.NONE);
    for (int n = 0; n < 5; n++) {
      double x = (n - 2) / 2.0;
      double y = (n + 1) / 4.0;
      assertEquals(
          -Math.log(2 * Math.PI) - (x * x + y * y) / 2 - Math.log(2) - Math.log(4),
          written("nats", "log_density")[n],
          1e-3);
    }
  }

  @Test
  void scoresAreGradientsInTheDatasUnits() throws IOException {
    var scorer = new Scorer(NormalData.recipe(2), data, new RunFolder(folder));
    scorer.score(input(4, 3, 2, -1), output("out"), Weights.EMA, Progress.NONE);
    // Of x = (1, 1) and (0, 0) the model's score is -x.
    assertArrayEquals(new float[] {-0.5f, -0.25f, 0, 0}, written("out", "score"), 1e-6f);
    float sigma = (float) Math.sqrt(-Math.expm1(-2));
    assertArrayEquals(new float[] {sigma, sigma, 0, 0}, written("out", "noise"), 1e-6f);
    // x_0 = (x + sigma^2 score) / alpha = alpha x.
    float alpha = (float) Math.exp(-1);
    assertArrayEquals(
        new float[] {2 + 2 * alpha, -1 + 4 * alpha, 2, -1}, written("out", "denoised"), 1e-5f);
  }

  /** The flow stands still, so that latents are the data in the model's units. */
  @Test
  void dataAreEncodedFromTheirUnitsAndDecodedToThem() throws IOException {
    var latents = new Latents(NormalData.recipe(2), data, new RunFolder(folder));
    var trip = latents.encode(points(4, 3, 0, -1), output("z"), SETTINGS, Progress.NONE);
    assertArrayEquals(new float[] {1, 1, -1, 0}, written("z", "x"), 1e-4f);
    assertEquals(0, trip.largest(), 1e-4);
    latents.decode(folder.resolve("z"), output("back"), SETTINGS, Progress.NONE);
    assertArrayEquals(new float[] {4, 3, 0, -1}, written("back", "x"), 1e-3f);
    latents.interpolate(points(4, -1, 2, 3), output("way"), 3, SETTINGS, Progress.NONE);
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(
        new float[] {4, -1, 2 + 2 * half, -1 + 4 * half, 2, 3}, written("way", "x"), 1e-3f);
  }

  /** Keeps what it is given. */
  private record Keeping(boolean takesOwnUnits, List<Float> kept) implements Metric {
    @Override
    public Measuring start(Shape example) {
      return new Measuring() {
        @Override
        public void generated(float[] values, int count) {
          kept.add(values[0]);
        }

        @Override
        public void real(float[] values, int count) {
          kept.add(values[0]);
        }

        @Override
        public List<Measurement> result() {
          return List.of();
        }
      };
    }
  }

  @Test
  void metricsCompareInTheModelsUnitsUnlessTheyNamePlaces() {
    var models = new Keeping(false, new ArrayList<>());
    var own = new Keeping(true, new ArrayList<>());
    Recipe recipe = mock(Recipe.class);
    when(recipe.evaluation()).thenReturn(List.of(models, own));
    var evaluator =
        new Evaluator(
            recipe,
            new Reference(data),
            mock(RealFeatures.class),
            mock(Manifest.class),
            new SampleLabels(recipe, data, new ClassMix(data, data)));
    try (Evaluation evaluation = evaluator.begin(5)) {
      evaluation.generated(new float[] {6, 6, 0, 0, 0, 0, 0, 0, 0, 0}, 5);
      evaluation.result();
    }
    assertEquals(List.of(2f, -1f), models.kept());
    assertEquals(List.of(6f, 0f), own.kept());
    assertArrayEquals(new float[] {0, 0, 1, 1, 2, 2, 3, 3, 4, 4}, evaluator.real(5));
  }
}

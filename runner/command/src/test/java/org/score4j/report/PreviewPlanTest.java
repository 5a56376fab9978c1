package org.score4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.recipe.Training;
import org.tensorflow.ndarray.Shape;

class PreviewPlanTest {
  private static PreviewPlan plan(int steps, int batch, int previews, Shape shape) {
    Training training = mock(Training.class);
    when(training.steps()).thenReturn(steps);
    when(training.batchSize()).thenReturn(batch);
    when(training.accumulate()).thenReturn(1);
    return new PreviewPlan(training, previews, shape);
  }

  @Test
  void previewsAreAtSquaresOfTheWay() {
    PreviewPlan plan = plan(1600, 512, 4, Shape.of(2));
    assertEquals(
        List.of(100L, 400L, 900L, 1600L),
        LongStream.rangeClosed(1, 1600).filter(plan::isDue).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "4000, 512, 8, 1000", // 1024 would be affordable
    "2000, 512, 8, 512",
    "30, 8, 8, 0",
    "4000, 512, 0, 0"
  })
  void pointsAreAsManyAsTheTrainingAffords(int steps, int batch, int previews, int samples) {
    assertEquals(samples, plan(steps, batch, previews, Shape.of(2)).samples());
  }

  @ParameterizedTest
  @CsvSource({
    "1500, 32, 28, 16", // 24 would be affordable
    "700, 32, 28, 8", // 11 would be affordable, and a row has four
    "200, 32, 28, 0",
    "100000, 128, 64, 16",
    "100000, 128, 128, 4",
    "100000, 128, 256, 4"
  })
  void imagesAreFewerIfTheyAreLarge(int steps, int batch, int side, int samples) {
    assertEquals(samples, plan(steps, batch, 8, Shape.of(side, side, 1)).samples());
  }

  @ParameterizedTest
  @CsvSource({"150, 64", "1500, 32", "4000, 512", "1000000, 128"})
  void evaluationsAreAFiftiethOfTheTrainings(int steps, int batch) {
    for (Shape shape : List.of(Shape.of(2), Shape.of(32, 32, 3))) {
      PreviewPlan plan = plan(steps, batch, 8, shape);
      double evaluations = 8.0 * plan.samples() * PreviewPlan.EVALUATIONS;
      assertTrue(evaluations <= 0.02 * 3 * steps * batch, () -> "" + evaluations);
    }
  }
}

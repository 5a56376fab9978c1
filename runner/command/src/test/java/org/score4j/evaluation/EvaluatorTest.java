package org.score4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.api.Metric;
import org.score4j.examples.Reference;
import org.score4j.folder.Manifest;
import org.score4j.label.ClassMix;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.report.NormalData;
import org.score4j.sampling.SamplingFailure;
import org.tensorflow.ndarray.Shape;

class EvaluatorTest {

  /** Counts what it is given. */
  private record Counting(int leastExamples) implements Metric {
    @Override
    public Measuring start(Shape example) {
      int[] counts = new int[2];
      return new Measuring() {
        @Override
        public void generated(float[] values, int count) {
          counts[0] += count;
        }

        @Override
        public void real(float[] values, int count) {
          counts[1] += count;
        }

        @Override
        public List<Measurement> result() {
          return List.of(
              new Measurement("generated", counts[0]), new Measurement("real", counts[1]));
        }
      };
    }
  }

  /** Held against five examples. */
  private static Evaluator evaluator(Metric... metrics) {
    Recipe recipe = mock(Recipe.class);
    when(recipe.evaluation()).thenReturn(List.of(metrics));
    Manifest manifest = mock(Manifest.class);
    when(manifest.metrics()).thenReturn(List.of("few", "many"));
    var data = new NormalData(Shape.of(2), Optional.empty());
    return new Evaluator(
        recipe,
        new Reference(data),
        mock(RealFeatures.class),
        manifest,
        new SampleLabels(recipe, data, new ClassMix(data, data)));
  }

  private static List<Metric.Measurement> measured(Evaluator evaluator, int count) {
    try (Evaluation evaluation = evaluator.begin(count)) {
      evaluation.generated(new float[2 * count], count);
      return evaluation.result();
    }
  }

  private static List<Double> values(List<Metric.Measurement> measurements) {
    List<Double> values = new ArrayList<>();
    measurements.forEach(m -> values.add(m.value()));
    return values;
  }

  @Test
  void examplesAreHeldAgainstAsManyData() {
    assertEquals(List.of(3.0, 3.0), values(measured(evaluator(new Counting(1)), 3)));
  }

  @Test
  void noMoreDataAreReadThanThereAre() {
    assertEquals(List.of(600.0, 5.0), values(measured(evaluator(new Counting(1)), 600)));
  }

  @Test
  void whatTakesMoreIsToldAndLeftOut() {
    Evaluator evaluator = evaluator(new Counting(2), new Counting(4));
    assertEquals(List.of("many takes at least 4 samples, found 3"), evaluator.tooFew(3));
    assertEquals(2, measured(evaluator, 3).size());
    assertEquals(List.of(), evaluator.tooFew(4));
    assertEquals(4, measured(evaluator, 4).size());
  }

  @Test
  void tooFewDataAreTold() {
    assertEquals(
        List.of("few takes at least 6 examples of the data, found 5"),
        evaluator(new Counting(6)).tooFew(100));
  }

  /** Measures what it is given. */
  private record Given(double value, double low) implements Metric {
    @Override
    public Measuring start(Shape example) {
      Measuring nothing = mock(Measuring.class);
      when(nothing.result())
          .thenReturn(
              List.of(new Measurement("given", value, Optional.of(new Interval(low, value)))));
      return nothing;
    }
  }

  @Test
  void resultsThatAreNotFiniteAreFailures() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Evaluator evaluator = evaluator(new Given(value, 0));
      var e = assertThrows(MeasuringFailure.class, () -> measured(evaluator, 3));
      assertTrue(e.getMessage().startsWith("given is " + value), e.getMessage());
    }
  }

  @Test
  void intervalsThatAreNotFiniteAreLeftOut() {
    assertEquals(
        Optional.empty(), measured(evaluator(new Given(1, Double.NaN)), 3).get(0).interval());
    assertEquals(
        Optional.of(new Metric.Interval(0, 1)),
        measured(evaluator(new Given(1, 0)), 3).get(0).interval());
  }

  @Test
  void samplesThatAreNotFiniteAreFailures() {
    try (Evaluation evaluation = evaluator(new Counting(1)).begin(2)) {
      float[] values = {0, 0, 0, Float.NaN};
      assertThrows(SamplingFailure.class, () -> evaluation.generated(values, 2));
    }
  }

  /** As the inception score does. */
  @Test
  void aMetricOfSamplesAloneTakesNoData() {
    Metric alone =
        new Metric() {
          @Override
          public int leastExamples() {
            return 20;
          }

          @Override
          public int leastReal() {
            return 0;
          }

          @Override
          public Measuring start(Shape example) {
            return new Counting(1).start(example);
          }
        };
    assertEquals(List.of(), evaluator(alone).tooFew(20));
    assertEquals(List.of(20.0, 5.0), values(measured(evaluator(alone), 20)));
  }
}

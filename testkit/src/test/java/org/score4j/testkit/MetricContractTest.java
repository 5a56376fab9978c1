package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.Metric;
import org.tensorflow.ndarray.Shape;

/** The contract holds for a faultless metric and notices each fault. */
class MetricContractTest {

  /** What can be wrong with the distance between two means. */
  enum Fault {
    NONE,
    FORGETS_THE_COUNT,
    WEIGHS_LATER_BATCHES_MORE,
    FALLS_WITH_DISTANCE,
    KEEPS_THE_ARRAY,
    TAKES_MORE_THAN_IT_SAYS
  }

  record MeanDistance(Fault fault) implements Metric {
    @Override
    public Measuring start(Shape example) {
      int size = (int) example.size();
      List<float[]> ofGenerated = new ArrayList<>();
      List<float[]> ofReal = new ArrayList<>();
      return new Measuring() {
        @Override
        public void generated(float[] values, int count) {
          add(ofGenerated, values, count);
        }

        @Override
        public void real(float[] values, int count) {
          add(ofReal, values, count);
        }

        private void add(List<float[]> to, float[] values, int count) {
          int until = fault == Fault.FORGETS_THE_COUNT ? values.length : count * size;
          if (until > 0) {
            to.add(fault == Fault.KEEPS_THE_ARRAY ? values : Arrays.copyOf(values, until));
          }
        }

        private double mean(List<float[]> batches) {
          double sum = 0;
          double weights = 0;
          for (int i = 0; i < batches.size(); i++) {
            double weight = fault == Fault.WEIGHS_LATER_BATCHES_MORE ? i + 1 : 1;
            for (float value : batches.get(i)) {
              sum += weight * value;
              weights += weight;
            }
          }
          return sum / (fault == Fault.TAKES_MORE_THAN_IT_SAYS ? weights - size : weights);
        }

        @Override
        public List<Measurement> result() {
          double distance = Math.abs(mean(ofGenerated) - mean(ofReal));
          double told = fault == Fault.FALLS_WITH_DISTANCE ? Math.exp(-distance) : distance;
          return List.of(new Measurement("mean-distance", told));
        }
      };
    }
  }

  @Nested
  class Faultless implements MetricContract {
    @Override
    public Metric metric() {
      return new MeanDistance(Fault.NONE);
    }

    @Override
    public double tolerance() {
      return 0.1;
    }
  }

  private static void assertNoticed(Consumer<MetricContract> rule, Fault fault) {
    record Case(Metric metric) implements MetricContract {
      @Override
      public double tolerance() {
        return 0.1;
      }
    }
    assertThrows(AssertionFailedError.class, () -> rule.accept(new Case(new MeanDistance(fault))));
  }

  @Test
  void everyFaultIsNoticed() {
    assertNoticed(MetricContract::whatLiesBehindTheExamplesDoesNotMatter, Fault.FORGETS_THE_COUNT);
    assertNoticed(MetricContract::whatLiesBehindTheExamplesDoesNotMatter, Fault.KEEPS_THE_ARRAY);
    assertNoticed(MetricContract::batchesDoNotMatter, Fault.WEIGHS_LATER_BATCHES_MORE);
    assertNoticed(
        MetricContract::theFartherSamplesAreMovedTheWorseTheyAre, Fault.FALLS_WITH_DISTANCE);
    assertNoticed(MetricContract::samplesOfTheDataAreNearTheBest, Fault.FALLS_WITH_DISTANCE);
    assertNoticed(
        MetricContract::asManyExamplesAsItTakesGiveNumbers, Fault.TAKES_MORE_THAN_IT_SAYS);
  }
}

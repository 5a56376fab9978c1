package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

/** The contract holds for a faultless data set and notices each fault. */
class DatasetContractTest {

  /** What can be wrong with uniform points of the plane in two classes. */
  enum Fault {
    NONE,
    ONE_GENERATOR_FOR_ALL,
    ALL_THE_SAME,
    WRITES_TOO_MUCH,
    WRITES_AT_THE_BUFFERS_START,
    INFINITE,
    LABEL_OUT_OF_RANGE,
    A_CLASS_WITHOUT_NAME,
    SHARES_OF_OTHER_LABELS,
    TAKES_ANY_NUMBER,
    COMES_ROUND_AGAIN,
    ANOTHER_FINGERPRINT
  }

  record Uniform(Fault fault) implements Dataset {
    @Override
    public Examples open() {
      var shared = new SplittableRandom(1);
      return new Examples() {
        @Override
        public OptionalLong size() {
          return OptionalLong.empty();
        }

        @Override
        public Shape shape() {
          return Shape.of(2);
        }

        @Override
        public Optional<PixelRange> pixels() {
          return Optional.empty();
        }

        @Override
        public int classes() {
          return 2;
        }

        @Override
        public void read(long index, ByteBuffer into) {
          if (fault != Fault.TAKES_ANY_NUMBER) {
            Objects.checkIndex(index, Long.MAX_VALUE);
          }
          long number =
              switch (fault) {
                case ALL_THE_SAME -> 0;
                case COMES_ROUND_AGAIN -> (int) index;
                default -> index;
              };
          var random = fault == Fault.ONE_GENERATOR_FOR_ALL ? shared : new SplittableRandom(number);
          if (fault == Fault.WRITES_AT_THE_BUFFERS_START) {
            into.position(0);
          }
          into.putFloat((float) (fault == Fault.INFINITE ? 1 / 0.0 : random.nextDouble()));
          into.putFloat((float) random.nextDouble());
          if (fault == Fault.WRITES_TOO_MUCH && into.remaining() >= Float.BYTES) {
            into.putFloat(1);
          }
        }

        @Override
        public int label(long index) {
          return (int) (index % (fault == Fault.LABEL_OUT_OF_RANGE ? 3 : 2));
        }

        @Override
        public List<String> classNames() {
          return fault == Fault.A_CLASS_WITHOUT_NAME ? List.of("a") : List.of("a", "b");
        }

        @Override
        public double[] classShares() {
          return fault == Fault.SHARES_OF_OTHER_LABELS
              ? new double[] {0.4, 0.6}
              : Examples.super.classShares();
        }

        @Override
        public String fingerprint() {
          return fault == Fault.ANOTHER_FINGERPRINT ? "" + System.nanoTime() : "uniform";
        }
      };
    }
  }

  @Nested
  class Faultless implements DatasetContract {
    @Override
    public Dataset dataset() {
      return new Uniform(Fault.NONE);
    }
  }

  private static void assertNoticed(Consumer<DatasetContract> rule, Fault fault) {
    record Case(Dataset dataset) implements DatasetContract {}
    assertThrows(AssertionFailedError.class, () -> rule.accept(new Case(new Uniform(fault))));
  }

  @Test
  void everyFaultIsNoticed() {
    assertNoticed(DatasetContract::anExampleIsTheSameWheneverItIsRead, Fault.ONE_GENERATOR_FOR_ALL);
    assertNoticed(DatasetContract::anExampleIsTheSameWheneverItIsRead, Fault.ALL_THE_SAME);
    assertNoticed(DatasetContract::anExampleFillsItsPlaceAlone, Fault.WRITES_TOO_MUCH);
    assertNoticed(DatasetContract::anExampleFillsItsPlaceAlone, Fault.WRITES_AT_THE_BUFFERS_START);
    assertNoticed(DatasetContract::numbersAreFinite, Fault.INFINITE);
    assertNoticed(DatasetContract::labelsAreClassesOrRefused, Fault.LABEL_OUT_OF_RANGE);
    assertNoticed(DatasetContract::classNamesAreOneForEachClassOrNone, Fault.A_CLASS_WITHOUT_NAME);
    assertNoticed(DatasetContract::classSharesAreThoseOfTheLabels, Fault.SHARES_OF_OTHER_LABELS);
    assertNoticed(DatasetContract::examplesThatDoNotExistAreRefused, Fault.TAKES_ANY_NUMBER);
    assertNoticed(DatasetContract::aDensityHasNoEnd, Fault.COMES_ROUND_AGAIN);
    assertNoticed(DatasetContract::theFingerprintStaysTheSame, Fault.ANOTHER_FINGERPRINT);
  }
}

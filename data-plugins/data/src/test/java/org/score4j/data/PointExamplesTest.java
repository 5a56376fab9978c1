package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;

/** What all densities have in common. */
class PointExamplesTest {

  static Stream<LongFunction<Dataset>> densities() {
    return Stream.of(
        seed -> new Mixture(new Mixture().components(), seed),
        seed -> new TwoMoons(1.4, 0.1, seed),
        seed -> new Checkerboard(4, 1.7, seed),
        seed -> new SwissRoll(1.5, 2.1, 0.05, seed),
        seed -> new Spirals(3, 1.5, 2, 0.05, seed));
  }

  @ParameterizedTest
  @MethodSource("densities")
  void seedsAndNumbersGiveDistinctExamples(LongFunction<Dataset> density) {
    Set<List<Double>> seen =
        IntStream.range(0, 4)
            .boxed()
            .flatMap(seed -> Sample.of(density.apply(seed), 500).stream())
            .map(point -> Arrays.stream(point).boxed().toList())
            .collect(Collectors.toSet());
    assertEquals(2000, seen.size());
  }

  @ParameterizedTest
  @MethodSource("densities")
  void fingerprintChangesWithTheSeedOnly(LongFunction<Dataset> density) {
    assertEquals(fingerprint(density.apply(1)), fingerprint(density.apply(1)));
    assertNotEquals(fingerprint(density.apply(1)), fingerprint(density.apply(2)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void fingerprintChangesWithEveryParameter(List<Dataset> variants) {
    assertFalse(variants.isEmpty());
    assertEquals(
        variants.size(), variants.stream().map(PointExamplesTest::fingerprint).distinct().count());
  }

  static Stream<List<Dataset>> variants() {
    return Stream.of(
        List.of(new TwoMoons(), new TwoMoons(1.5, 0.1, 0), new TwoMoons(1.4, 0.2, 0)),
        List.of(
            new Checkerboard(), new Checkerboard(6, Math.sqrt(3), 0), new Checkerboard(4, 1, 0)),
        List.of(
            new SwissRoll(),
            new SwissRoll(2, 2.1, 0.05, 0),
            new SwissRoll(1.5, 2, 0.05, 0),
            new SwissRoll(1.5, 2.1, 0, 0)),
        List.of(
            new Spirals(),
            new Spirals(3, 1.5, 2, 0.05, 0),
            new Spirals(2, 2, 2, 0.05, 0),
            new Spirals(2, 1.5, 1, 0.05, 0),
            new Spirals(2, 1.5, 2, 0, 0)));
  }

  private static String fingerprint(Dataset dataset) {
    try (Examples examples = dataset.open()) {
      return examples.fingerprint();
    }
  }
}

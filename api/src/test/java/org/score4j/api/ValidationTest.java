package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

  @Test
  void allFaultsAreToldInOrder() {
    Validation validation =
        Validation.begin()
            .positive("sigmaMin", 0)
            .positive("sigmaMax", 50)
            .atLeast("steps", 0, 1)
            .between("dropout", 1.5, 0, 1)
            .notEmpty("mean", List.of())
            .rule(false, "name", "x", "must be y");
    var exception = assertThrows(InvalidValueException.class, validation::end);
    assertEquals(
        List.of(
            new InvalidValueException.Fault("sigmaMin", "0.0", "must be a finite number above 0"),
            new InvalidValueException.Fault("steps", "0", "must be at least 1"),
            new InvalidValueException.Fault("dropout", "1.5", "must lie between 0 and 1"),
            new InvalidValueException.Fault("mean", "[]", "must not be empty"),
            new InvalidValueException.Fault("name", "x", "must be y")),
        exception.faults());
    assertEquals(
        "sigmaMin: must be a finite number above 0, found 0.0; steps: must be at least 1, found 0;"
            + " dropout: must lie between 0 and 1, found 1.5; mean: must not be empty, found [];"
            + " name: must be y, found x",
        exception.getMessage());
  }

  @Test
  void countsHaveBothEnds() {
    Validation.begin().count("a", 1, 1).count("b", Validation.MOST, 1).within("c", 2, 2, 2).end();
    Validation validation =
        Validation.begin().count("a", 0, 1).count("b", 1_000_001, 1).within("c", 3, 1, 2);
    assertEquals(
        "a: must be at least 1, found 0; b: must be at most 1000000, found 1000001; c: must be at"
            + " most 2, found 3",
        assertThrows(InvalidValueException.class, validation::end).getMessage());
  }

  @Test
  void valuesAtTheBoundsPass() {
    assertDoesNotThrow(
        () ->
            Validation.begin()
                .positive("a", Double.MIN_VALUE)
                .notNegative("b", 0)
                .between("c", 0, 0, 1)
                .between("d", 1, 0, 1)
                .atLeast("e", 1, 1)
                .notEmpty("f", List.of(1))
                .end());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1})
  void whatIsNoFiniteNumberOfTheRangeFailsEveryRule(double value) {
    Validation validation =
        Validation.begin().positive("a", value).notNegative("b", value).between("c", value, 0, 1);
    assertEquals(3, assertThrows(InvalidValueException.class, validation::end).faults().size());
  }
}

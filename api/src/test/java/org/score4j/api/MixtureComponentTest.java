package org.score4j.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureComponentTest {

  @Test
  void aPointMassIsAComponent() {
    assertDoesNotThrow(() -> new MixtureComponent(1, List.of(2.0), List.of(0.0)));
  }

  @Test
  void eachRuleNamesItsComponent() {
    assertFault("weight", 0, List.of(1.0), List.of(1.0));
    assertFault("weight", Double.NaN, List.of(1.0), List.of(1.0));
    assertFault("mean", 1, List.of(), List.of());
    assertFault("mean", 1, List.of(Double.POSITIVE_INFINITY), List.of(1.0));
    assertFault("standardDeviation", 1, List.of(1.0, 2.0), List.of(1.0));
    assertFault("standardDeviation", 1, List.of(1.0), List.of(-1.0));
    assertFault("standardDeviation", 1, List.of(1.0), List.of(Double.NaN));
  }

  @Test
  void laterChangesOfTheCallersListsHaveNoEffect() {
    List<Double> mean = new ArrayList<>(List.of(1.0));
    var component = new MixtureComponent(1, mean, List.of(1.0));
    mean.set(0, 2.0);
    assertEquals(List.of(1.0), component.mean());
  }

  private static void assertFault(
      String component, double weight, List<Double> mean, List<Double> standardDeviation) {
    var exception =
        assertThrows(
            InvalidValueException.class,
            () -> new MixtureComponent(weight, mean, standardDeviation));
    assertEquals(
        List.of(component),
        exception.faults().stream().map(InvalidValueException.Fault::component).toList());
  }
}

package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;

class RmsPropTest {

  @Test
  void twoStepsByHand() {
    // lr 0.1, decay 0.75, epsilon 1: v = 0.25 * 4 = 1, g / (1 + 1) = 1;
    // then v = 0.75 + 0.25 * 13 = 4, g / (2 + 1) = sqrt(13) / 3.
    double second = Math.sqrt(13) / 3;
    assertArrayEquals(
        new double[] {-0.1, -0.1 - 0.1 * second},
        OneParameter.path(new RmsProp(0.1, 0.75, 1, 0), 2, Math.sqrt(13)),
        1e-7);
    assertArrayEquals(
        new double[] {-0.1, -0.1 - 0.1 * (0.5 + second)},
        OneParameter.path(new RmsProp(0.1, 0.75, 1, 0.5), 2, Math.sqrt(13)),
        1e-7);
  }

  @Test
  void followsTheFormulaForTwoThousandSteps() {
    for (double momentum : new double[] {0, 0.9}) {
      OneParameter.verify(
          new RmsProp(1e-3, 0.99, 1e-8, momentum),
          (n, parameter, g, memory) -> {
            memory[0] = 0.99 * memory[0] + 0.01 * g * g;
            memory[1] = momentum * memory[1] + g / (Math.sqrt(memory[0]) + 1e-8);
            return parameter - 1e-3 * memory[1];
          },
          2000,
          1);
    }
  }

  @Test
  void reportsEveryFaultOfItsComponents() {
    var failure = assertThrows(InvalidValueException.class, () -> new RmsProp(0, 1, 0, -1));
    assertEquals(4, failure.faults().size());
  }
}

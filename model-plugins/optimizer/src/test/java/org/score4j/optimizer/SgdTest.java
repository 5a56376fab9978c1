package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;

class SgdTest {

  @Test
  void threeStepsByHand() {
    // lr 0.1, momentum 0.5, gradients 1, 2, -4: v = 1, 2.5, -2.75.
    double[] plain = OneParameter.path(new Sgd(0.1, 0, false), 1, 2, -4);
    double[] heavy = OneParameter.path(new Sgd(0.1, 0.5, false), 1, 2, -4);
    double[] ahead = OneParameter.path(new Sgd(0.1, 0.5, true), 1, 2, -4);
    assertArrayEquals(new double[] {-0.1, -0.3, 0.1}, plain, 1e-7);
    assertArrayEquals(new double[] {-0.1, -0.35, -0.075}, heavy, 1e-7);
    // lr (g + momentum v) = 0.15, 0.325, -0.5375.
    assertArrayEquals(new double[] {-0.15, -0.475, 0.0625}, ahead, 1e-7);
  }

  @Test
  void followsTheFormulaForTwoThousandSteps() {
    for (boolean nesterov : new boolean[] {false, true}) {
      OneParameter.verify(
          new Sgd(1e-3, 0.9, nesterov),
          (n, parameter, g, memory) -> {
            memory[0] = 0.9 * memory[0] + g;
            return parameter - 1e-3 * (nesterov ? g + 0.9 * memory[0] : memory[0]);
          },
          2000,
          1);
    }
  }

  @Test
  void refusesWhatHasNoMeaning() {
    var failure = assertThrows(InvalidValueException.class, () -> new Sgd(-1, 1, false));
    assertEquals(2, failure.faults().size());
    assertThrows(InvalidValueException.class, () -> new Sgd(0.1, 0, true));
  }
}

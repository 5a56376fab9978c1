package org.score4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;

class AdamTest {

  @Test
  void followsThePaperForTwoThousandSteps() {
    verify(new Adam(), 2000, 1);
  }

  @Test
  void epsilonIsAddedToTheCorrectedDeviation() {
    // Gradients as small as epsilon: an uncorrected epsilon would make the first step 30 times off.
    verify(new Adam(1e-2, 0.9, 0.999, 1e-3), 5, 1e-3);
  }

  @Test
  void otherDecaysAreFollowedToo() {
    verify(new Adam(1e-3, 0, 0.95, 1e-6), 50, 1);
  }

  @Test
  void reportsEveryFaultOfItsComponents() {
    var failure = assertThrows(InvalidValueException.class, () -> new Adam(0, 1, -0.1, Double.NaN));
    assertEquals(4, failure.faults().size());
  }

  @Test
  void refusesADecayThatFloat32RoundsToOne() {
    assertThrows(InvalidValueException.class, () -> new Adam(1e-3, 0.9, 1 - 1e-12, 1e-8));
  }

  private static void verify(Adam adam, int steps, double gradientScale) {
    OneParameter.verify(adam, formula(adam), steps, gradientScale);
  }

  private static OneParameter.Formula formula(Adam adam) {
    return (n, parameter, g, memory) -> {
      memory[0] = adam.beta1() * memory[0] + (1 - adam.beta1()) * g;
      memory[1] = adam.beta2() * memory[1] + (1 - adam.beta2()) * g * g;
      double mean = memory[0] / (1 - Math.pow(adam.beta1(), n));
      double square = memory[1] / (1 - Math.pow(adam.beta2(), n));
      return parameter - adam.learningRate() * mean / (Math.sqrt(square) + adam.epsilon());
    };
  }

  @Test
  void decoupledDecayComesBeforeTheStep() {
    AdamW decaying = new AdamW(0.01, 0.3, 0.9, 0.99, 1e-6);
    var step = formula(new Adam(0.01, 0.9, 0.99, 1e-6));
    OneParameter.verify(
        decaying,
        (n, parameter, g, memory) -> step.after(n, parameter * (1 - 0.01 * 0.3), g, memory),
        500,
        1);
  }

  @Test
  void twoStepsOfAdamWByHand() {
    // lr 0.1, decay 0.5, beta1 0, beta2 0: a step is lr sign(g). From 0: -0.1, then
    // -0.1 (1 - 0.05) + 0.1 = 0.005.
    double[] path = OneParameter.path(new AdamW(0.1, 0.5, 0, 0, 1e-12), 3, -7);
    assertEquals(-0.1, path[0], 1e-7);
    assertEquals(0.005, path[1], 1e-7);
  }
}

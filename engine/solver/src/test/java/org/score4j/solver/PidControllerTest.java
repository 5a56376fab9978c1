package org.score4j.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PidControllerTest {
  private static PidController control(double p, double i, double d) {
    return new PidController(1, new PidController.Gains(p, i, d, 3, 0.81, 100));
  }

  /** The factor by which a step of this error changes the length. */
  private static double factor(PidController control, double error) {
    double before = control.length();
    control.accepts(before, error);
    return control.length() / before;
  }

  @Test
  void controlAcceptsByTheLimitedFactor() {
    var control = control(0, 1, 0);
    assertTrue(control.accepts(1, 1));
    assertEquals(1, control.length(), 1e-8);
    // 8^(-1/3) = 1/2
    assertFalse(control.accepts(1, 8));
    assertEquals(1 + Math.atan(-0.5), control.length(), 1e-8);
    assertTrue(control.accepts(1, 1.0 / 27));
    assertEquals(1 + Math.atan(2), factor(control, 1.0 / 27), 1e-6);
    assertFalse(control.accepts(1, Double.NaN));
    assertEquals(1 + Math.atan(-1), factor(control, Double.NaN), 1e-8);
  }

  /** e^-b1 e'^-b2 e''^-b3 with P = 0.3, I = 0.6, D = 0.3, order 3: b = (0.4, -0.3, 0.1). */
  @Test
  void controlWeighsTheErrorsOfTheLastAcceptedSteps() {
    var control = control(0.3, 0.6, 0.3);
    for (double error : new double[] {0.5, 0.25, 40}) {
      control.accepts(1, error);
    }
    double wanted = Math.pow(0.1, -0.4) * Math.pow(0.25, 0.3) * Math.pow(0.5, -0.1);
    assertEquals(1 + Math.atan(wanted - 1), factor(control, 0.1), 1e-6);
  }

  @Test
  void noStepIsLongerThanTheLongest() {
    var control = new PidController(7, new PidController.Gains(0, 1, 0, 3, 0.81, 2));
    assertEquals(2, control.length());
    assertTrue(control.accepts(2, 1e-6));
    assertEquals(2, control.length());
  }
}

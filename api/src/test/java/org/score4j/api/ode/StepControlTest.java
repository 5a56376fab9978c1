package org.score4j.api.ode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StepControlTest {

  /** 32^(1/5) = 2. */
  @Test
  void standardControlScalesByTheFifthRoot() {
    var control = new StepControl(0);
    assertTrue(control.accepts(1.0 / 32));
    assertEquals(1.8, control.factor(), 1e-12);
    assertFalse(control.accepts(32));
    assertEquals(0.45, control.factor(), 1e-12);
  }

  @Test
  void factorsAreBounded() {
    var control = new StepControl(0);
    assertTrue(control.accepts(0));
    assertEquals(10, control.factor());
    assertFalse(control.accepts(1e9));
    assertEquals(0.2, control.factor());
  }

  @Test
  void aStepAfterARefusedOneDoesNotGrow() {
    var control = new StepControl(0);
    assertFalse(control.accepts(2));
    assertTrue(control.accepts(1e-6));
    assertEquals(1, control.factor());
    assertTrue(control.accepts(1.0 / 32));
    assertEquals(1.8, control.factor(), 1e-12);
  }

  /** 1/5 - 0.75 * 0.08 = 0.14. */
  @Test
  void proportionalControlWeighsTheLastAcceptedError() {
    var control = new StepControl(0.08);
    assertTrue(control.accepts(0.5));
    assertTrue(control.accepts(0.25));
    double wanted = 0.9 * Math.pow(0.25, -0.14) * Math.pow(0.5, 0.08);
    assertEquals(wanted, control.factor(), 1e-12);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (double error : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      var control = new StepControl(0.04);
      assertFalse(control.accepts(error));
      assertEquals(0.2, control.factor());
    }
  }
}

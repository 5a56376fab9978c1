package org.score4j.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PiControllerTest {

  /** 32^(1/5) = 2. */
  @Test
  void standardControlScalesByTheFifthRoot() {
    var control = new PiController(3, 0);
    assertEquals(3, control.length());
    assertTrue(control.accepts(3, 1.0 / 32));
    assertEquals(3 * 1.8, control.length(), 1e-12);
    assertFalse(control.accepts(2, 32));
    assertEquals(2 * 0.45, control.length(), 1e-12);
  }

  @Test
  void factorsAreBounded() {
    var control = new PiController(1, 0);
    assertTrue(control.accepts(1, 0));
    assertEquals(10, control.length());
    assertFalse(control.accepts(1, 1e9));
    assertEquals(0.2, control.length());
  }

  @Test
  void aStepAfterARefusedOneDoesNotGrow() {
    var control = new PiController(1, 0);
    assertFalse(control.accepts(1, 2));
    assertTrue(control.accepts(1, 1e-6));
    assertEquals(1, control.length());
    assertTrue(control.accepts(1, 1.0 / 32));
    assertEquals(1.8, control.length(), 1e-12);
  }

  /** 1/5 - 0.75 * 0.08 = 0.14. */
  @Test
  void proportionalControlWeighsTheLastAcceptedError() {
    var control = new PiController(1, 0.08);
    assertTrue(control.accepts(1, 0.5));
    assertTrue(control.accepts(1, 0.25));
    double wanted = 0.9 * Math.pow(0.25, -0.14) * Math.pow(0.5, 0.08);
    assertEquals(wanted, control.length(), 1e-12);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (double error : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      var control = new PiController(1, 0.04);
      assertFalse(control.accepts(1, error));
      assertEquals(0.2, control.length());
    }
  }
}

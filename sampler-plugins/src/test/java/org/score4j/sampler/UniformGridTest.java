package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.sde.VariancePreserving;

class UniformGridTest {
  private final Sde sde = new VariancePreserving();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 1000})
  void leadsFromTheEndExactlyToTheStartInEqualSteps(int steps) {
    double[] times = new UniformGrid().times(sde, steps);
    assertEquals(steps + 1, times.length);
    assertEquals(1, times[0]);
    assertEquals(1e-3, times[steps]);
    for (int i = 0; i < steps; i++) {
      assertTrue(times[i] > times[i + 1]);
      assertEquals(0.999 / steps, times[i] - times[i + 1], 1e-15);
    }
  }

  @Test
  void threeStepsAreQuartersApart() {
    double[] times = new UniformGrid().times(new VariancePreserving(0.1, 20, 0.25), 3);
    assertArrayEquals(new double[] {1, 0.75, 0.5, 0.25}, times, 1e-15);
  }

  @Test
  void stepsMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new UniformGrid().times(sde, 0));
  }
}

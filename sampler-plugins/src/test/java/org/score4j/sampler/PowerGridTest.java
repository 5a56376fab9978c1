package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.TimeGrid;
import org.score4j.sde.VariancePreserving;

class PowerGridTest {

  @Nested
  class InEveryProcess implements EverySde {
    @Override
    public TimeGrid grid() {
      return new PowerGrid();
    }
  }

  @Test
  void quadraticTimesHaveRootsAtEqualDistances() {
    double[] times = new PowerGrid().times(new VariancePreserving(0.1, 20, 0.04), 4);
    assertArrayEquals(new double[] {1, 0.64, 0.36, 0.16, 0.04}, times, 1e-15);
  }

  @Test
  void exponentOneIsUniform() {
    var sde = new VariancePreserving();
    assertArrayEquals(new UniformGrid().times(sde, 7), new PowerGrid(1).times(sde, 7), 1e-15);
  }

  @Test
  void rhoMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new PowerGrid(0));
  }
}

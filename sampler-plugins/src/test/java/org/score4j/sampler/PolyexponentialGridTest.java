package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.Edm;
import org.score4j.sde.VariancePreserving;

class PolyexponentialGridTest {
  @Nested
  class OfPowerOne implements EverySde {
    @Override
    public TimeGrid grid() {
      return new PolyexponentialGrid();
    }
  }

  @Nested
  class OfPowerTwo implements EverySde {
    @Override
    public TimeGrid grid() {
      return new PolyexponentialGrid(2);
    }
  }

  @Test
  void powerOneIsExponential() {
    Sde sde = new VariancePreserving();
    assertArrayEquals(
        new ExponentialGrid().times(sde, 12), new PolyexponentialGrid().times(sde, 12), 1e-15);
  }

  /** By hand: ln(sigma / sigmaMin) is (1 - i/4)^2 of ln(1e8). */
  @Test
  void powerTwoIsQuadraticInTheLogarithm() {
    double[] times = new PolyexponentialGrid(2).times(new Edm(0.01, 1e6), 4);
    double[] decades = {8, 4.5, 2, 0.5, 0};
    for (int i = 0; i <= 4; i++) {
      assertEquals(decades[i] - 2, Math.log10(times[i]), 1e-14);
    }
  }

  @Test
  void rhoMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new PolyexponentialGrid(-1));
  }
}

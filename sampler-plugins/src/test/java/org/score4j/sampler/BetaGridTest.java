package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.VariancePreserving;

class BetaGridTest {
  @Nested
  class OfThePaper implements EverySde {
    @Override
    public TimeGrid grid() {
      return new BetaGrid();
    }
  }

  @Nested
  class Skewed implements EverySde {
    @Override
    public TimeGrid grid() {
      return new BetaGrid(0.3, 0.9);
    }
  }

  /** Reference values: scipy.stats.beta.ppf of SciPy 1.17. */
  @ParameterizedTest
  @CsvSource({
    "1e-6,  1.8558824624053043e-10, 1.1563306214817904e-20",
    "0.01,  0.0008612388215429059,  2.49123875632595e-07",
    "0.3,   0.23401700387523572,    0.020866585132984842",
    "0.5,   0.5,                    0.11368779477971522",
    "0.77,  0.8461624142323502,     0.4638661334429773",
    "0.999, 0.9999814412614826,     0.9983496938753698"
  })
  void quantilesAreThoseOfTheBetaDistribution(double p, double symmetric, double skewed) {
    assertEquals(symmetric, new BetaDistribution(0.6, 0.6).quantile(p), 1e-12 * symmetric);
    assertEquals(skewed, new BetaDistribution(0.3, 0.9).quantile(p), 1e-12 * skewed);
  }

  @Test
  void bothShapesOneIsUniform() {
    Sde sde = new VariancePreserving();
    assertArrayEquals(new UniformGrid().times(sde, 10), new BetaGrid(1, 1).times(sde, 10), 1e-14);
  }

  @Test
  void timesAreDenseTowardsBothEnds() {
    Sde sde = new VariancePreserving();
    double[] times = new BetaGrid().times(sde, 10);
    double start = sde.startTime();
    // The symmetric distribution: what is missing to the end above is missing to the start below.
    for (int i = 0; i <= 10; i++) {
      assertEquals(1 - times[i], times[10 - i] - start, 1e-13);
    }
    assertEquals(0.039544821183192067, 1 - times[1], 1e-14);
  }

  @Test
  void shapesLieAboveZeroAndNotAboveOne() {
    var faults = assertThrows(InvalidValueException.class, () -> new BetaGrid(0, 1.1)).faults();
    assertEquals("alpha", faults.get(0).component());
    assertEquals("beta", faults.get(1).component());
  }
}

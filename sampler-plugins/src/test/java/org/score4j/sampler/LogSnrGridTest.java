package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.Cosine;
import org.score4j.sde.Ddpm;
import org.score4j.sde.Edm;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

class LogSnrGridTest {
  @Nested
  class InEveryProcess implements EverySde {
    @Override
    public TimeGrid grid() {
      return new LogSnrGrid();
    }
  }

  @Nested
  class UnderItsOtherName implements EverySde {
    @Override
    public TimeGrid grid() {
      return new ExponentialGrid();
    }
  }

  @Test
  void logSnrsAreEquidistant() {
    for (Sde sde : List.of(new VariancePreserving(), new Cosine(), new Ddpm())) {
      for (TimeGrid grid : List.of(new LogSnrGrid(), new ExponentialGrid())) {
        double[] logSnrs = DoubleStream.of(grid.times(sde, 20)).map(sde::logSnr).toArray();
        double distance = (logSnrs[20] - logSnrs[0]) / 20;
        for (int i = 0; i < 20; i++) {
          assertEquals(distance, logSnrs[i + 1] - logSnrs[i], 1e-11, sde + ", " + i);
        }
      }
    }
  }

  /** ln sigma is linear in time. */
  @Test
  void inTheVeProcessItIsUniform() {
    Sde sde = new VarianceExploding();
    assertArrayEquals(new UniformGrid().times(sde, 9), new LogSnrGrid().times(sde, 9), 1e-14);
  }

  @Test
  void noiseFallsByTheSameFactorInEveryStep() {
    double[] times = new ExponentialGrid().times(new Edm(0.01, 100), 4);
    assertArrayEquals(new double[] {100, 10, 1, 0.1, 0.01}, times, 1e-13);
  }
}

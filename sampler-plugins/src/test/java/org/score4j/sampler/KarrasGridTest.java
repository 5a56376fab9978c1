package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.sde.Edm;
import org.score4j.sde.VariancePreserving;

class KarrasGridTest {
  @Nested
  class WithThePapersRho implements EverySde {
    @Override
    public TimeGrid grid() {
      return new KarrasGrid();
    }
  }

  @Nested
  class WithALowRho implements EverySde {
    @Override
    public TimeGrid grid() {
      return new KarrasGrid(0.5);
    }
  }

  /** The eighteen levels of the paper's ImageNet-64 sampler, evaluated outside of this project. */
  @Test
  void levelsAreThoseOfThePaper() {
    double[] published = {
      79.99999999999999,
      57.58598472124816,
      40.78557379650796,
      28.37458460415684,
      19.352452980325225,
      12.91008238075732,
      8.400935309099815,
      5.315194521796382,
      3.256821519765537,
      1.923339837040052,
      1.088170636545279,
      0.5853481231945421,
      0.2964422844791572,
      0.13951646873101678,
      0.05994731123547159,
      0.022934518372333384,
      0.0075280199627840785,
      0.002000000000000003
    };
    double[] times = new KarrasGrid().times(new Edm(), 17);
    for (int i = 0; i < published.length; i++) {
      assertEquals(published[i], times[i], 1e-12 * published[i], "level " + i);
    }
  }

  /** The grid is one of noise-to-signal ratios, whatever the process. */
  @Test
  void rootsOfTheNoiseToSignalRatioAreEquidistant() {
    Sde sde = new VariancePreserving();
    double[] times = new KarrasGrid(3).times(sde, 10);
    double[] roots =
        DoubleStream.of(times).map(t -> Math.cbrt(sde.sigma(t) / sde.alpha(t))).toArray();
    double distance = (roots[0] - roots[10]) / 10;
    for (int i = 0; i < 10; i++) {
      assertEquals(distance, roots[i] - roots[i + 1], 1e-12);
    }
  }

  @Test
  void rhoMustBePositive() {
    assertThrows(InvalidValueException.class, () -> new KarrasGrid(0));
  }
}

package org.score4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LogNormalTimesTest {
  private static final int COUNT = 20_000;

  @Test
  void logarithmOfSigmaHasTheStatedMeanAndDeviation() {
    double[] logs =
        DoubleStream.of(
                new LogNormalTimes(-1.2, 1.2)
                    .draw(new TimeIsSigma(), COUNT, new SplittableRandom(1)))
            .map(Math::log)
            .toArray();
    double mean = DoubleStream.of(logs).average().orElseThrow();
    double variance =
        DoubleStream.of(logs).map(l -> (l - mean) * (l - mean)).average().orElseThrow();
    assertEquals(-1.2, mean, 5 * 1.2 / Math.sqrt(COUNT));
    assertEquals(1.44, variance, 5 * 1.44 * Math.sqrt(2.0 / COUNT));
  }

  @Test
  void levelsBeyondTheProcessBecomeItsEnds() {
    var sde = new TimeIsSigma();
    double[] times = new LogNormalTimes(0, 20).draw(sde, COUNT, new SplittableRandom(2));
    assertEquals(sde.startTime(), DoubleStream.of(times).min().orElseThrow());
    assertEquals(sde.endTime(), DoubleStream.of(times).max().orElseThrow());
    assertTrue(DoubleStream.of(times).filter(t -> t > 0.01 && t < 10).count() > COUNT / 10);
  }
}

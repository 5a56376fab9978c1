package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.score4j.testkit.SamplerContract;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;

class DpmAdaptiveTest {

  private interface Reverses extends SamplerContract {
    @Override
    default Sampler sampler() {
      return new DpmAdaptive(0.05, 0.0078, ErrorNorm.PER_SAMPLE, 0.05, 1, 0, 1, 0, 0.81, false);
    }

    @Override
    default double tolerance() {
      return 0.01;
    }
  }

  @Nested
  class ReversesVe implements Reverses {
    @Override
    public Sde sde() {
      return new VarianceExploding();
    }
  }

  @Nested
  class ReversesVp implements Reverses {
    @Override
    public Sde sde() {
      return new VariancePreserving();
    }
  }

  @Nested
  class ReversesSubVp implements Reverses {
    @Override
    public Sde sde() {
      return new SubVariancePreserving();
    }
  }

  /** All but no control: every step is accepted and as long as the first. */
  private static Sampler steady(double h) {
    return new DpmAdaptive(1, 1, ErrorNorm.BATCH, h, h, 0, 1e-9, 0, 0.5, false);
  }

  /**
   * On centred Gaussian data the flow multiplies x by the ratio of the marginals' deviations. Data
   * of deviation 1/2 in noise from 10 to 0.1.
   */
  @Test
  void convergesAtOrderThree() {
    Sde sde = new VarianceExploding(0.1, 10, 1e-3);
    double start = sde.sigma(sde.startTime());
    double exact = Math.hypot(0.5, start) / Math.hypot(0.5, 10);
    double way = (sde.logSnr(sde.startTime()) - sde.logSnr(1)) / 2;
    double[] error = new double[3];
    for (int i = 0; i < 3; i++) {
      int steps = 8 << i;
      try (var program = program(steady(way / steps * (1 + 1e-6)), sde)) {
        float[] x = program.drawFrom(new float[] {10, -7}, 0, 0, n -> 0, Progress.NONE);
        error[i] = Math.abs(x[0] / 10 / exact - 1);
        assertEquals(3L * steps, program.evaluations());
      }
    }
    assertEquals(3, Math.log(error[0] / error[1]) / Math.log(2), 0.4);
    assertEquals(3, Math.log(error[1] / error[2]) / Math.log(2), 0.4);
  }

  private static SamplingProgram program(Sampler sampler, Sde sde) {
    return new SamplingProgram(
        sde, TwoModes.gaussian(0, 0.5), sampler, Shape.of(2), 1, 0, Precision.FLOAT32);
  }

  @Test
  void aSampleTakesItsOwnStepsWhateverItIsDrawnWith() {
    Sde sde = new VarianceExploding();
    var data = new TwoModes(-1, 1, 0.3, 0.2);
    try (var two =
            new SamplingProgram(
                sde, data, new DpmAdaptive(), Shape.of(1), 2, 0, Precision.FLOAT32);
        var one =
            new SamplingProgram(
                sde, data, new DpmAdaptive(), Shape.of(1), 1, 0, Precision.FLOAT32)) {
      float[] x = {0.01f, 90};
      float[] both = two.drawFrom(x, 0, 0, n -> 0, Progress.NONE);
      for (int i = 0; i < 2; i++) {
        float[] alone = one.drawFrom(new float[] {x[i]}, 0, 0, n -> 0, Progress.NONE);
        assertEquals(alone[0], both[i], 1e-6f);
      }
    }
  }

  @Test
  void everyFaultIsTold() {
    var exception =
        assertThrows(
            InvalidValueException.class,
            () -> new DpmAdaptive(0, 0, ErrorNorm.BATCH, 0, 0, -1, 0, -1, 1, true));
    assertEquals(8, exception.faults().size());
  }
}

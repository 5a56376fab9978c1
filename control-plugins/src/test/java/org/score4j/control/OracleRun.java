package org.score4j.control;

import java.util.List;
import org.score4j.api.Control;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.metric.SlicedWasserstein;

/** Controlled draws from a mixture, held against the distribution they should have. */
final class OracleRun {
  private static final int SAMPLES = 3000;

  private final Sde sde;
  private final Target target;
  private final float[] truth;

  OracleRun(Sde sde, Target target) {
    this.sde = sde;
    this.target = target;
    truth = target.draws(SAMPLES, 1);
  }

  /** Between two sets of exact draws. */
  double floor() {
    return distance(target.draws(SAMPLES, 2));
  }

  /** Between controlled draws and exact ones. */
  double error(Sampler sampler, List<Control> controls) {
    try (var program =
        new SamplingProgram(
            sde,
            target.model(),
            sampler,
            target.shape(),
            SAMPLES,
            target.classes(),
            Precision.FLOAT32,
            new SamplingOptions().with(target.inputs(controls)))) {
      return distance(program.draw(0, 0, n -> 0, Progress.NONE));
    }
  }

  private double distance(float[] samples) {
    var measuring = new SlicedWasserstein().start(target.shape());
    measuring.generated(samples, SAMPLES);
    measuring.real(truth, SAMPLES);
    return measuring.result().get(0).value();
  }
}

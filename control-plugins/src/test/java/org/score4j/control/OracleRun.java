package org.score4j.control;

import java.nio.file.Path;
import java.util.List;
import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.engine.ControlInputs;
import org.score4j.engine.SamplingOptions;
import org.score4j.engine.SamplingProgram;
import org.score4j.metric.SlicedWasserstein;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

/** Controlled draws from a mixture, held against the distribution they should have. */
final class OracleRun {
  private static final int SAMPLES = 3000;

  private final Shape shape;
  private final KnownPosterior posterior;
  private final float[] truth;

  OracleRun(LinearOperator operator, double apart) {
    shape = operator instanceof Grey ? Shape.of(2, 2, 3) : Shape.of(4, 4, 1);
    posterior = new KnownPosterior(operator, shape, apart);
    truth = posterior.draws(SAMPLES, 1);
  }

  /** Between two sets of exact draws. */
  double floor() {
    return distance(posterior.draws(SAMPLES, 2));
  }

  /** Between controlled draws and exact ones. */
  double error(Sampler sampler, List<Control> controls) {
    return distance(draw(sampler, controls));
  }

  private float[] draw(Sampler sampler, List<Control> controls) {
    var inputs =
        new ControlInputs(
            controls,
            PixelRange.CENTERED,
            number -> posterior.image(),
            (Path run) -> {
              throw new IllegalStateException("no classifier");
            });
    try (var program =
        new SamplingProgram(
            new VariancePreserving(),
            posterior.mixture(),
            sampler,
            shape,
            SAMPLES,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(inputs))) {
      return program.draw(0, 0, n -> 0, Progress.NONE);
    }
  }

  private double distance(float[] samples) {
    var measuring = new SlicedWasserstein().start(shape);
    measuring.generated(samples, SAMPLES);
    measuring.real(truth, SAMPLES);
    return measuring.result().get(0).value();
  }
}

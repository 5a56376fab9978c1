package org.score4j.sampler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.tensorflow.ndarray.Shape;

/** Samples followed step by step, to be compared with a record of them. */
final class Trajectory {
  private Trajectory() {}

  /**
   * The states of all samples after every step.
   *
   * @param start of all samples, row-major
   * @param batch how many samples there are
   * @param noise that the sampler draws, in order
   */
  static List<double[]> states(
      Sde sde,
      ScoreModel model,
      Sampler sampler,
      float[] start,
      int batch,
      Iterator<float[]> noise) {
    List<double[]> states = new ArrayList<>();
    Sampler watched =
        graph -> {
          var look = graph.kernel("look", List.of(graph.state()));
          var loop = sampler.build(graph);
          return progress ->
              loop.run(
                  (done, total) -> {
                    states.add(look.run());
                    progress.step(done, total);
                  });
        };
    try (var program =
        new SamplingProgram(
            sde,
            model,
            watched,
            Shape.of(start.length / batch),
            batch,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(noise::next))) {
      program.drawFrom(start, 0, 0, n -> 0, Progress.NONE);
    }
    return states;
  }
}

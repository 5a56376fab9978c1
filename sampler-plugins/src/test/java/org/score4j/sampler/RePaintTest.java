package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.api.Precision;
import org.score4j.api.Predictor;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.model.GaussianMixture;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.SamplerContract;
import org.tensorflow.ndarray.Shape;

class RePaintTest implements SamplerContract {

  @Override
  public RePaint sampler() {
    return new RePaint(100, 2, 2, new AncestralPredictor(), new LogSnrGrid());
  }

  @Override
  public Sde sde() {
    return new VariancePreserving();
  }

  @Override
  public double tolerance() {
    return 0.1;
  }

  /** Times from which predictions start, as numbers of the grid. */
  private static List<Integer> starts(int steps, int jump, int resamplings) {
    var sde = new VariancePreserving();
    double[] times = new UniformGrid().times(sde, steps);
    List<Integer> starts = new ArrayList<>();
    Predictor noted =
        graph ->
            (t, s, last) -> {
              int i = 0;
              while (times[i] != t) {
                i++;
              }
              assertEquals(times[i + 1], s);
              assertEquals(i == steps - 1, last);
              starts.add(steps - i);
            };
    var sampler = new RePaint(steps, jump, resamplings, noted, new UniformGrid());
    try (var program =
        new SamplingProgram(
            sde,
            new GaussianMixture(),
            sampler,
            Shape.of(2),
            1,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(LoopMode.HOST))) {
      program.draw(
          0,
          0,
          n -> 0,
          (done, total) -> assertEquals(starts.size() <= total ? starts.size() : -1, done));
    }
    return starts;
  }

  @Test
  void jumpsAreThoseOfThePapersSchedule() {
    // get_schedule_jump(t_T=6, jump_length=2, jump_n_sample=3) of the paper's code, from which each
    // rise is left out: 5 4 3 2 (3 4) 3 2 (3 4) 3 2 1 0 (1 2) 1 0 (1 2) 1 0 -1.
    assertEquals(List.of(6, 5, 4, 5, 4, 5, 4, 3, 2, 3, 2, 3, 2, 1), starts(6, 2, 3));
    assertEquals(2410, starts(250, 10, 10).size());
    assertEquals(List.of(3, 2, 1), starts(3, 1, 1));
  }
}

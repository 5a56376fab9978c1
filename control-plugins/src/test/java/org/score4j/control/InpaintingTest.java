package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.score4j.api.MixtureComponent;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.AncestralPredictor;
import org.score4j.sampler.LangevinCorrector;
import org.score4j.sampler.NoCorrector;
import org.score4j.sampler.PredictorCorrector;
import org.score4j.sampler.UniformGrid;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.tensorflow.ndarray.Shape;

/** What the reference code gets wrong when it completes images: the sixth of its mistakes. */
class InpaintingTest {
  private static final Shape IMAGE = Shape.of(1, 2, 1);
  private static final int BATCH = 2000;
  private static final Sde SDE = new VarianceExploding(0.01, 10, 1e-5);

  /** All data are this one point, as far as float32 can tell. */
  private static final GaussianMixture POINT =
      new GaussianMixture(
          List.of(new MixtureComponent(1, List.of(0.25, -0.75), List.of(1e-6, 1e-6))));

  private static ControlInputs given(Known known) {
    return new ControlInputs(
        List.of(new Inpainting(new Images(List.of(0L)), new Mask(), known)),
        PixelRange.UNIT,
        number -> new float[] {0.25f, 7},
        run -> {
          throw new IllegalStateException("no classifier");
        });
  }

  private static float[] draw(Sde sde, Sampler sampler, Known known) {
    var options = new SamplingOptions().with(given(known));
    try (var program =
        new SamplingProgram(sde, POINT, sampler, IMAGE, BATCH, 0, Precision.FLOAT32, options)) {
      return program.draw(3, 0, n -> 0, Progress.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(Known.class)
  void nothingOfWhatIsReturnedIsNoisy(Known known) {
    var sampler =
        new PredictorCorrector(
            20, new AncestralPredictor(), new LangevinCorrector(), new UniformGrid());
    float[] samples = draw(new VariancePreserving(), sampler, known);
    for (int i = 0; i < samples.length; i += 2) {
      assertEquals(0.25f, samples[i], 1e-6);
      // The mean of the last step; with that step's noise, of 0.01, it would be ten times as far.
      assertEquals(-0.75, samples[i + 1], 4e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(Known.class)
  void theKnownPartIsAsNoisyAsItsLevelFromTheStart(Known known) {
    List<double[]> seen = new ArrayList<>();
    List<NoiseLevel> levels = new ArrayList<>();
    Sampler watched =
        graph -> {
          var inner =
              new PredictorCorrector(
                  8, new AncestralPredictor(), new NoCorrector(), new UniformGrid());
          var level = graph.level("t");
          var x = graph.state();
          var touch = graph.kernel("touch", List.of(graph.at(x, level).score()));
          var look = graph.kernel("look", List.of(x));
          double[] times = inner.grid().times(graph.sde(), inner.steps());
          var loop = inner.build(graph);
          int[] step = {0};
          return progress -> {
            touch.run(level.at(times[0]));
            levels.add(SDE.level(times[0]));
            seen.add(look.run());
            loop.run(
                (done, total) -> {
                  if (done < total) {
                    double t = times[++step[0]];
                    touch.run(level.at(t));
                    levels.add(SDE.level(t));
                    seen.add(look.run());
                  }
                });
          };
        };
    draw(SDE, watched, known);
    assertEquals(8, seen.size());
    for (int n = 0; n < seen.size(); n++) {
      double sum = 0;
      for (int i = 0; i < BATCH; i++) {
        sum += Math.pow(seen.get(n)[2 * i] - 0.25, 2);
      }
      // The standard error of a variance from 2,000 draws is 3%.
      double ratio = sum / BATCH / Math.pow(levels.get(n).sigma(), 2);
      assertEquals(1, ratio, 0.15, "at level " + levels.get(n));
    }
  }

  @Test
  void samplesGoWithTheImagesInTurnWhateverTheBatch() {
    var control = new Inpainting(new Images(List.of(0L, 1L, 2L)), new Mask(), Known.PATH);
    var inputs =
        new ControlInputs(
            List.of(control),
            PixelRange.UNIT,
            number -> new float[] {number, 7},
            run -> {
              throw new IllegalStateException("no classifier");
            });
    var sampler =
        new PredictorCorrector(5, new AncestralPredictor(), new NoCorrector(), new UniformGrid());
    try (var program =
        new SamplingProgram(
            SDE,
            POINT,
            sampler,
            IMAGE,
            4,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(inputs))) {
      float[] samples = program.draw(3, 4, n -> 0, Progress.NONE);
      for (int i = 0; i < 4; i++) {
        assertEquals((4 + i) % 3, samples[2 * i], 1e-6);
      }
    }
  }
}

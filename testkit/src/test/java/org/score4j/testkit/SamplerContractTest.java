package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;

/** The contract holds for a faultless sampler and notices each fault. */
class SamplerContractTest {

  /**
   * DDIM (Song et al. 2020): {@code x_s = alpha_s denoised + sigma_s noise}, deterministic.
   *
   * @param stretch factor of each step's noise; 1 unless at fault
   * @param shift factor of each step's data; 1 unless at fault
   */
  record Ddim(int steps, double stretch, double shift) implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var tf = graph.tf();
      var x = graph.state();
      var level = graph.level("t");
      var alpha = graph.scalar("alpha");
      var sigma = graph.scalar("sigma");
      var data = tf.math.mul(alpha, graph.at(x, level).denoised());
      var noise = tf.math.mul(sigma, graph.at(x, level).noise());
      var step = graph.kernel("ddim", x.set(tf.math.add(data, noise)));
      Sde sde = graph.sde();
      return progress -> {
        // Even in ln t: the levels near the data matter as much as those near the prior.
        double ratio = Math.pow(sde.startTime() / sde.endTime(), 1.0 / steps);
        double t = sde.endTime();
        for (int i = 0; i < steps; i++) {
          double s = t * ratio;
          step.run(level.at(t), alpha.is(sde.alpha(s) * shift), sigma.is(sde.sigma(s) * stretch));
          t = s;
          progress.step(i + 1, steps);
        }
      };
    }
  }

  private record Case(Sampler sampler) implements SamplerContract {
    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }

    @Override
    public double tolerance() {
      return 0.02;
    }
  }

  @Nested
  class Faultless implements SamplerContract {
    @Override
    public Sampler sampler() {
      return new Ddim(400, 1, 1);
    }

    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }

    @Override
    public double tolerance() {
      return 0.02;
    }
  }

  private static void assertNoticed(Sampler faulty, Consumer<SamplerContract> rule) {
    assertThrows(AssertionFailedError.class, () -> rule.accept(new Case(faulty)));
  }

  /** Wraps the progress that a faultless sampler is given. */
  private static Sampler reporting(UnaryOperator<Progress> wrapper) {
    return graph -> {
      SamplingLoop loop = new Ddim(3, 1, 1).build(graph);
      return progress -> loop.run(wrapper.apply(progress));
    };
  }

  @Test
  void aVarianceThatIsOffIsNoticed() {
    assertNoticed(
        new Ddim(400, 0.9995, 1),
        SamplerContract::meanAndVarianceOfGaussianDataAreThoseOfTheMarginal);
  }

  @Test
  void aMeanThatIsOffIsNoticed() {
    assertNoticed(
        new Ddim(400, 1, 1.001),
        SamplerContract::meanAndVarianceOfGaussianDataAreThoseOfTheMarginal);
  }

  @Test
  void weightsThatAreOffAreNoticed() {
    assertNoticed(
        graph -> {
          SamplingLoop loop = new Ddim(400, 1, 1).build(graph);
          var x = graph.state();
          var mirror = graph.kernel("mirror", x.set(graph.tf().math.neg(x)));
          return progress -> {
            loop.run(progress);
            mirror.run();
          };
        },
        SamplerContract::modesOfAMixtureHaveTheirWeights);
  }

  @Test
  void infinityIsNoticed() {
    assertNoticed(new Ddim(400, 2, 1), SamplerContract::samplesOfImagesAreFinite);
  }

  @Test
  void progressFromZeroIsNoticed() {
    assertNoticed(
        reporting(p -> (done, total) -> p.step(done - 1, total)),
        SamplerContract::progressCountsEveryStepFromOneToTheTotal);
  }

  @Test
  void progressThatEndsBeforeItsTotalIsNoticed() {
    assertNoticed(
        reporting(p -> (done, total) -> p.step(done, total + 1)),
        SamplerContract::progressCountsEveryStepFromOneToTheTotal);
  }

  @Test
  void aCancellationThatIsSwallowedIsNoticed() {
    Sampler swallowing =
        graph -> {
          SamplingLoop loop = new Ddim(3, 1, 1).build(graph);
          return progress -> {
            try {
              loop.run(progress);
            } catch (CancellationException e) {
              // The fault.
            }
          };
        };
    assertNoticed(swallowing, SamplerContract::cancellingStopsAtOnceAndTheNextRunIsUnharmed);
  }

  @Test
  void stateKeptFromOneRunToTheNextIsNoticed() {
    Sampler remembering =
        graph -> {
          int[] runs = {0};
          var x = graph.state();
          var shift = graph.scalar("shift");
          var add = graph.kernel("add", x.set(graph.tf().math.add(x, shift)));
          return progress -> {
            add.run(shift.is(runs[0]++));
            progress.step(1, 1);
          };
        };
    assertNoticed(remembering, SamplerContract::theSameSeedGivesTheSameBits);
    assertNoticed(remembering, SamplerContract::cancellingStopsAtOnceAndTheNextRunIsUnharmed);
  }

  /** A faultless step in another register, which nobody is told of. */
  @Test
  void statesThatAreNotToldAreNoticed() {
    Sampler hidden =
        graph -> {
          var y = graph.register("y");
          var x = graph.state();
          var level = graph.level("t");
          var begin = graph.kernel("begin", y.set(x));
          var denoise = graph.kernel("denoise", x.set(graph.at(y, level).denoised()));
          return progress -> {
            begin.run();
            denoise.run(level.at(graph.sde().endTime()));
          };
        };
    assertNoticed(hidden, SamplerContract::theStatesToldLeadFromThePriorToTheSamples);
  }

  @Test
  void aStateThatIsToldAtTheEndAloneIsNoticed() {
    Sampler late =
        graph -> {
          var tf = graph.tf();
          var x = graph.state();
          var level = graph.level("t");
          var shrink = graph.kernel("shrink", x.set(tf.math.mul(x, tf.constant(0.1f))));
          var denoise = graph.kernel("denoise", x.set(graph.at(x, level).denoised()));
          return progress -> {
            shrink.run();
            denoise.run(level.at(graph.sde().startTime()));
          };
        };
    assertNoticed(late, SamplerContract::theStatesToldLeadFromThePriorToTheSamples);
  }

  @Test
  void aStepThatDependsOnTheBatchIsNoticed() {
    Sampler centring =
        graph -> {
          var tf = graph.tf();
          var x = graph.state();
          var mean = tf.math.mean(x, tf.constant(0));
          var centre = graph.kernel("centre", x.set(tf.math.sub(x, mean)));
          return progress -> {
            centre.run();
            progress.step(1, 1);
          };
        };
    assertNoticed(centring, SamplerContract::aSampleDoesNotDependOnItsBatch);
  }
}

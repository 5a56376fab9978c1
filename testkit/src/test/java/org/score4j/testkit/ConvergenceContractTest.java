package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.Sde;
import org.score4j.testkit.SamplerContractTest.Ddim;

/** The contract holds for faultless samplers and notices each fault. */
class ConvergenceContractTest {

  /** The midpoint method of {@code dx/dt = f x - g^2 score / 2}, in steps even in ln t. */
  private record Midpoint(int steps) implements Sampler {
    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var tf = graph.tf();
      var x = graph.state();
      var start = graph.register("start");
      var level = graph.level("t");
      var scale = graph.scalar("scale");
      var pull = graph.scalar("pull");
      var slope = tf.math.add(tf.math.mul(scale, x), tf.math.mul(pull, graph.at(x, level).score()));
      var keep = graph.kernel("keep", start.set(x));
      var step = graph.kernel("step", x.set(tf.math.add(start, slope)));
      Sde sde = graph.sde();
      return progress -> {
        double ratio = Math.pow(sde.startTime() / sde.endTime(), 1.0 / steps);
        double t = sde.endTime();
        for (int i = 0; i < steps; i++) {
          double s = t * ratio;
          double middle = (s + t) / 2;
          keep.run();
          step.run(
              level.at(t),
              scale.is((middle - t) * sde.drift(t)),
              pull.is((t - middle) * Math.pow(sde.diffusion(t), 2) / 2));
          step.run(
              level.at(middle),
              scale.is((s - t) * sde.drift(middle)),
              pull.is((t - s) * Math.pow(sde.diffusion(middle), 2) / 2));
          t = s;
          progress.step(i + 1, steps);
        }
      };
    }
  }

  private record Case(IntFunction<Sampler> samplers, double order, double largestError)
      implements ConvergenceContract {
    @Override
    public Sampler sampler(int steps) {
      return samplers.apply(steps);
    }

    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }

    @Override
    public int steps() {
      return 128;
    }
  }

  @Nested
  class OrderOne implements ConvergenceContract {
    @Override
    public Sampler sampler(int steps) {
      return new Ddim(steps, 1, 1);
    }

    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }

    @Override
    public double order() {
      return 1;
    }
  }

  @Nested
  class OrderTwo implements ConvergenceContract {
    @Override
    public Sampler sampler(int steps) {
      return new Midpoint(steps);
    }

    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }

    @Override
    public double order() {
      return 2;
    }

    @Override
    public int steps() {
      return 128;
    }
  }

  private static void assertNoticed(
      Case faulty, String message, Consumer<ConvergenceContract> rule) {
    var error = assertThrows(AssertionFailedError.class, () -> rule.accept(faulty));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private static Case of(IntFunction<Sampler> samplers, double order) {
    return new Case(samplers, order, Double.POSITIVE_INFINITY);
  }

  @Test
  void anOrderThatIsTooLowIsNoticed() {
    assertNoticed(
        of(n -> new Ddim(n, 1, 1), 2),
        "expected: <2.0>",
        ConvergenceContract::errorFallsAtTheOrder);
  }

  @Test
  void aLastStepOfALowerOrderIsNoticed() {
    IntFunction<Sampler> poorEnd =
        n ->
            graph -> {
              SamplingLoop loop = new Midpoint(n).build(graph);
              var x = graph.state();
              var factor = graph.scalar("factor");
              var scale = graph.kernel("scale", x.set(graph.tf().math.mul(x, factor)));
              return progress -> {
                loop.run(progress);
                scale.run(factor.is(1 + 1.0 / n));
              };
            };
    assertNoticed(of(poorEnd, 2), "expected: <2.0>", ConvergenceContract::errorFallsAtTheOrder);
  }

  @Test
  void anotherLimitIsNoticed() {
    assertNoticed(
        of(n -> new Ddim(n, 1, Math.pow(1.1, 1.0 / n)), 1),
        "expected: <1.0>",
        ConvergenceContract::errorFallsAtTheOrder);
  }

  @Test
  void anErrorAboveTheLargestIsNoticed() {
    assertNoticed(
        new Case(n -> new Ddim(n, 1, 1), 1, 1e-4),
        "at most 1.0E-4",
        ConvergenceContract::errorFallsAtTheOrder);
  }

  @Test
  void anErrorThatRoundingHidesIsNoticed() {
    var flow = new GaussianFlow(new OrnsteinUhlenbeck(), 0.5, 0.3);
    Sampler exact =
        graph -> {
          var tf = graph.tf();
          var x = graph.state();
          var slope = tf.constant((float) (flow.end(1) - flow.end(0)));
          var moved = tf.math.add(tf.math.mul(slope, x), tf.constant((float) flow.end(0)));
          var jump = graph.kernel("jump", x.set(moved));
          return progress -> {
            jump.run();
            progress.step(1, 1);
          };
        };
    assertNoticed(of(n -> exact, 1), "take fewer steps", ConvergenceContract::errorFallsAtTheOrder);
  }

  @Test
  void noiseIsNoticed() {
    Sampler noisy =
        graph -> {
          var x = graph.state();
          var add = graph.kernel("add", x.set(graph.tf().math.add(x, graph.noise())));
          return progress -> {
            add.run();
            progress.step(1, 1);
          };
        };
    assertNoticed(
        of(n -> noisy, 1), "another seed", ConvergenceContract::sampleIsAFunctionOfTheInitialState);
  }

  /** Hand-calculated: alpha is e^-6 and e^-0.001, V = 0.36 alpha^2 + 1 - alpha^2. */
  @Test
  void flowKeepsTheStandardisedState() {
    var flow = new GaussianFlow(new OrnsteinUhlenbeck(), 2, 0.6);
    double from = Math.exp(-6);
    double to = Math.exp(-1e-3);
    double shrink = Math.sqrt((1 - 0.64 * to * to) / (1 - 0.64 * from * from));
    assertEquals(2 * to, flow.end(2 * from), 1e-12);
    assertEquals(2 * to + 3 * shrink, flow.end(2 * from + 3), 1e-12);
  }
}

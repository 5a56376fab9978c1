package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.Sde;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The contract holds for a faultless loss and notices each fault. */
class LossContractTest {

  /** What becomes of the mean squared errors [B]. */
  interface Fault {
    Operand<TFloat32> of(LossGraph graph, Operand<TFloat32> perExample);
  }

  /** |noise - c z|^2, c being 1 without a fault. */
  record Denoising(float wanted, Fault fault) implements Loss {
    @Override
    public Operand<TFloat32> perExample(LossGraph graph) {
      Ops tf = graph.tf();
      var z = graph.noise();
      var level = graph.level();
      var x =
          tf.math.add(
              tf.math.mul(LevelTensors.align(tf, level.alpha(), z), graph.data()),
              tf.math.mul(LevelTensors.align(tf, level.sigma(), z), z));
      var target = tf.math.mul(z, tf.constant(wanted));
      var errors = tf.math.squaredDifference(graph.field().noise(x, level), target);
      return fault.of(graph, tf.math.mean(errors, tf.constant(1)));
    }
  }

  @Nested
  class Faultless implements LossContract {
    @Override
    public Loss loss() {
      return new Denoising(1, (graph, losses) -> losses);
    }

    @Override
    public Sde sde() {
      return new OrnsteinUhlenbeck();
    }
  }

  private static void assertNoticed(Consumer<LossContract> rule, float wanted, Fault fault) {
    record Case(Loss loss) implements LossContract {
      @Override
      public Sde sde() {
        return new OrnsteinUhlenbeck();
      }
    }
    assertThrows(
        AssertionFailedError.class, () -> rule.accept(new Case(new Denoising(wanted, fault))));
  }

  @Test
  void anotherMinimumIsNoticed() {
    assertNoticed(LossContract::theExactModelIsStationary, 0.9f, (graph, losses) -> losses);
  }

  @Test
  void aNegativeWeightAtHighLevelsIsNoticed() {
    assertNoticed(
        LossContract::anErrorRaisesTheLossAtHighAndAtLowLevels,
        1,
        (graph, losses) ->
            graph.tf().math.mul(losses, graph.coefficient("weight", l -> l.alpha() - l.sigma())));
  }

  @Test
  void ascentIsNoticed() {
    assertNoticed(
        LossContract::descentLeadsBackToTheExactModel,
        1,
        (graph, losses) -> graph.tf().math.neg(losses));
  }

  @Test
  void neighboursAreNoticed() {
    assertNoticed(
        LossContract::anExampleDoesNotDependOnItsBatch,
        1,
        (graph, losses) ->
            graph.tf().math.div(losses, graph.tf().math.mean(losses, graph.tf().constant(0))));
  }

  @Test
  void oneNumberForTheBatchIsNoticed() {
    assertNoticed(
        LossContract::everyExampleHasAFiniteLoss,
        1,
        (graph, losses) -> graph.tf().math.mean(losses, graph.tf().constant(0)));
  }

  @Test
  void numbersOfItsOwnAreNoticed() {
    assertNoticed(
        LossContract::theSameNoiseGivesTheSameBits,
        1,
        (graph, losses) ->
            graph
                .tf()
                .math
                .add(
                    losses,
                    graph.tf().random.randomUniform(graph.tf().shape(losses), TFloat32.class)));
  }
}

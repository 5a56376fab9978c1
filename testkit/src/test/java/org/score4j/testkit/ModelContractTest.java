package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.score4j.api.Condition;
import org.score4j.api.Initializer;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The contract holds for a faultless model and notices each fault. */
class ModelContractTest {

  /** x becomes a faulty x. */
  interface Fault {
    Operand<TFloat32> of(ModelScope scope, Operand<TFloat32> x);
  }

  /** One layer: sigma tanh(W x + b), after a fault. */
  record Layer(Fault fault) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      Ops tf = scope.tf();
      long size = x.shape().get(1);
      var layer = scope.child("layer");
      var kernel = layer.parameter("kernel", Shape.of(size, size), Initializer.normal(1));
      var bias = layer.parameter("bias", Shape.of(size), Initializer.zeros());
      var sum = tf.math.add(tf.linalg.matMul(fault.of(scope, x), kernel), bias);
      return tf.math.mul(LevelTensors.align(tf, level.sigma(), x), tf.math.tanh(sum));
    }

    @Override
    public Prediction prediction() {
      return Prediction.SCORE;
    }

    @Override
    public boolean conditional() {
      return false;
    }
  }

  @Nested
  class Faultless implements ModelContract {
    @Override
    public ScoreModel model() {
      return new Layer((scope, x) -> x);
    }

    @Override
    public Shape example() {
      return Shape.of(3);
    }
  }

  private static void assertNoticed(Consumer<ModelContract> rule, Fault fault) {
    record Case(ScoreModel model) implements ModelContract {
      @Override
      public Shape example() {
        return Shape.of(3);
      }
    }
    assertThrows(AssertionError.class, () -> rule.accept(new Case(new Layer(fault))));
  }

  @Test
  void neighboursAreNoticed() {
    assertNoticed(
        ModelContract::aSampleDoesNotDependOnItsBatch,
        (scope, x) -> {
          var tf = scope.tf();
          return tf.math.sub(x, tf.math.mean(x, tf.constant(0)));
        });
  }

  @Test
  void aGradientThatIsCutIsNoticed() {
    assertNoticed(
        ModelContract::gradientsAreDerivatives,
        (scope, x) -> {
          var tf = scope.tf();
          var shift = scope.parameter("shift", Shape.of(3), Initializer.zeros());
          // A tenth of the parameter, its gradient too large.
          var all = tf.math.mul(shift, tf.constant(0.1f));
          return tf.math.add(x, tf.math.sub(shift, tf.stopGradient(tf.math.sub(shift, all))));
        });
  }

  @Test
  void numbersOfItsOwnAreNoticed() {
    Fault fault =
        (scope, x) -> {
          var tf = scope.tf();
          var noise = tf.random.randomStandardNormal(tf.shape(x), TFloat32.class);
          return tf.math.add(x, noise);
        };
    assertNoticed(ModelContract::theSameSeedGivesTheSameBits, fault);
    assertNoticed(ModelContract::randomNumbersAreForTrainingAlone, fault);
  }

  @Test
  void dropoutThatStaysIsNoticed() {
    assertNoticed(
        ModelContract::aSampleDoesNotDependOnItsBatch,
        (scope, x) -> scope.tf().math.add(x, scope.uniform(x)));
  }

  @Test
  void aSharedNameIsNoticed() {
    assertNoticed(
        ModelContract::parametersHaveNamesOfTheirOwn,
        (scope, x) ->
            scope
                .tf()
                .math
                .add(x, scope.parameter("layer/bias", Shape.of(3), Initializer.zeros())));
  }

  @Test
  void aNumberThatIsNotFiniteIsNoticed() {
    assertNoticed(ModelContract::outputIsFiniteAtEveryLevel, (scope, x) -> scope.tf().math.log(x));
  }
}

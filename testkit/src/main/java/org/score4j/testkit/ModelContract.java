package org.score4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Precision;
import org.score4j.api.ScoreModel;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link ScoreModel} must satisfy: an output for each example, of the example's own
 * shape and a function of its own x, level and class; gradients that are derivatives; parameters
 * that have names of their own and start from the seed alone; random numbers in training alone.
 *
 * <p>Where zeros that a network starts with would hide it, all parameters are moved by N(0, 0.2^2).
 * Take the smallest configuration that has every kind of part: the derivatives are taken in a
 * direction of each parameter.
 *
 * <pre>
 *   class MyNetworkTest implements ModelContract {
 *     public ScoreModel model() { return new MyNetwork(8); }
 *     public Shape example() { return Shape.of(8, 8, 3); }
 *   }
 * </pre>
 */
public interface ModelContract {

  /** The model under test. */
  ScoreModel model();

  /** Shape of an example that it suits: [H, W, C] or [D]. */
  Shape example();

  /** Number of classes the model is told; 0 for a model that is told none. */
  default int classes() {
    return 0;
  }

  /** Shapes of examples that it must refuse; none unless overridden. */
  default List<Shape> unsuited() {
    return List.of();
  }

  /** Whether it has learned the variance too, and its output has twice as many channels. */
  default boolean learnsVariance() {
    return false;
  }

  /** Whether it is random in training, as with dropout. */
  default boolean randomInTraining() {
    return false;
  }

  /** Whether the output depends on the noise level; false only for a model that is not told it. */
  default boolean usesTheLevel() {
    return true;
  }

  /**
   * Largest error of a directional derivative, relative to what a sum of as many terms of random
   * sign would be.
   */
  default double gradientTolerance() {
    return 0.02;
  }

  /**
   * Step of the differences that gradients are held against, relative to the size of a parameter's
   * numbers: so small that the network is smooth over it, which one with maxima in it is not over
   * the usual step, and so large that rounding does not show.
   */
  default double gradientStep() {
    return 0.02;
  }

  /** Levels at which it must have a number: of processes that explode, and of some that do not. */
  default List<NoiseLevel> levels() {
    return List.of(
        new NoiseLevel(0, 1, 0.002),
        new NoiseLevel(0.1, 1, 0.1),
        new NoiseLevel(0.3, 1, 1),
        new NoiseLevel(1, 1, 80),
        new NoiseLevel(0.001, 0.99995, 0.01),
        new NoiseLevel(0.6, 0.6, 0.8),
        new NoiseLevel(1, 0.0066, 0.99998));
  }

  @Test
  default void outputHasAnExampleForEachInput() {
    for (long batch : new long[] {3, -1}) {
      try (var trial = trial(batch, false, Precision.FLOAT32)) {
        long[] expected = example().prepend(batch).asArray();
        expected[expected.length - 1] *= learnsVariance() ? 2 : 1;
        assertArrayEquals(expected, trial.outputShape().asArray(), "batch of " + batch);
        int count = batch == -1 ? 2 : (int) batch;
        NoiseLevel[] levels = levels().subList(0, count).toArray(new NoiseLevel[0]);
        int size = (int) example().size() * (learnsVariance() ? 2 : 1);
        assertEquals(count * size, trial.output(Noised.at(example(), levels)).length());
      }
    }
  }

  @Test
  default void outputIsFiniteAtEveryLevel() {
    var batch = everyLevel();
    try (var trial = trial()) {
      for (var values : List.of(trial.initial(), moved(trial))) {
        Vector y = trial.output(batch, values, 0);
        for (int i = 0; i < y.length(); i++) {
          var level = levels().get(i * batch.count() / y.length());
          float value = y.values()[i];
          assertTrue(Float.isFinite(value), "found " + value + " at " + level);
        }
      }
    }
  }

  @Test
  default void unsuitedShapesAreRefused() {
    for (Shape shape : unsuited()) {
      var setting = new ModelTrial.Setting(-1, shape, classes(), false, Precision.FLOAT32, 1);
      assertThrows(
          InvalidValueException.class,
          () -> new ModelTrial(model(), setting).close(),
          "with data of shape " + shape);
    }
  }

  /** Up to rounding, which may differ with the place of a number in a tensor. */
  @Test
  default void aSampleDoesNotDependOnItsBatch() {
    var batch = threeExamples();
    try (var trial = trial()) {
      var values = moved(trial);
      Vector together = trial.output(batch, values, 0);
      int size = together.length() / batch.count();
      for (int i = 0; i < batch.count(); i++) {
        Vector alone = trial.output(batch.example(i), values, 0);
        Vector found = together.part(i * size, (i + 1) * size);
        assertNear(alone, found, 1e-4f, "example " + i);
      }
    }
  }

  @Test
  default void oneLevelForAllIsThatLevelForEach() {
    var level = levels().get(2);
    var each = threeExamples().withLevels(level, level, level);
    try (var trial = trial()) {
      var values = moved(trial);
      Vector expected = trial.output(each, values, 0);
      Vector found = trial.output(each.withLevels(level), values, 0);
      assertNear(expected, found, 1e-5f, "with one level for all");
    }
  }

  @Test
  default void theLevelMatters() {
    var batch = threeExamples();
    NoiseLevel other = levels().get(5);
    try (var trial = trial()) {
      var values = moved(trial);
      Vector one = trial.output(batch.withLevels(levels().get(2)), values, 0);
      assertEquals(
          usesTheLevel(),
          one.differsFrom(trial.output(batch.withLevels(other), values, 0)),
          "whether the output depends on the noise level");
    }
  }

  /** A model that is told no class takes data that have some; one that is told it takes "any". */
  @Test
  default void classesMatterToAModelThatIsToldThem() {
    int ofData = classes() == 0 ? 2 : classes();
    var setting = new ModelTrial.Setting(-1, example(), ofData, false, Precision.FLOAT32, 1);
    var batch = threeExamples();
    try (var trial = new ModelTrial(model(), setting)) {
      var values = moved(trial);
      Vector any = trial.output(batch.withLabels(-1, -1, -1), values, 0);
      Vector first = trial.output(batch.withLabels(0, 0, 0), values, 0);
      int last = ofData - 1;
      Vector other = trial.output(batch.withLabels(last, last, last), values, 0);
      boolean told = classes() > 0;
      assertEquals(told, any.differsFrom(first), "whether class 0 differs from any class");
      assertEquals(
          told && last > 0, first.differsFrom(other), "whether class 0 differs from " + last);
      assertEquals(told, model().conditional(), "whether the model says that it takes classes");
    }
  }

  @Test
  default void theSameSeedGivesTheSameBits() {
    var batch = threeExamples();
    try (var trial = trial();
        var again = trial()) {
      assertEquals(trial.asked(), again.asked());
      Map<String, Vector> initial = trial.initial();
      again.initial().forEach((path, found) -> assertSame(initial.get(path), found, path));
      var values = moved(trial);
      Vector expected = trial.output(batch, values, 0);
      assertSame(expected, trial.output(batch, values, 0), "run again");
      assertSame(expected, again.output(batch, values, 0), "built again");
    }
  }

  @Test
  default void parametersHaveNamesOfTheirOwn() {
    var path = Pattern.compile("[\\w.+-]+(/[\\w.+-]+)*");
    try (var trial = trial()) {
      var seen = new HashSet<String>();
      for (String name : trial.asked()) {
        assertTrue(path.matcher(name).matches(), "\"" + name + "\" is not a path");
        assertTrue(seen.add(name), name + " is asked for twice: two layers share it");
      }
    }
  }

  @Test
  default void aSecondApplicationSharesEveryParameter() {
    var batch = threeExamples();
    try (var trial = trial()) {
      var once = new HashSet<>(trial.asked());
      Vector expected = trial.output(batch);
      assertSame(expected, trial.outputAgain(model(), batch), "the output of the second");
      assertEquals(once, new HashSet<>(trial.asked()));
    }
  }

  /**
   * Along a random direction of all parameters and x together, by differences of fourth order. Each
   * parameter is moved by as much as makes their shares in the derivative alike.
   */
  @Test
  default void gradientsAreDerivatives() {
    var batch = threeExamples();
    try (var trial = trial(-1, true, Precision.FLOAT32)) {
      new Slope(trial, moved(trial), batch, gradientStep()).verify(gradientTolerance());
    }
  }

  @Test
  default void randomNumbersAreForTrainingAlone() {
    var batch = threeExamples();
    try (var sampling = trial();
        var training = trial(-1, true, Precision.FLOAT32)) {
      assertEquals(sampling.asked(), training.asked(), "parameters in training");
      var values = moved(sampling);
      Vector first = training.output(batch, values, 1);
      assertSame(first, training.output(batch, values, 1), "the same step again");
      assertEquals(
          randomInTraining(),
          first.differsFrom(training.output(batch, values, 2)),
          "whether two steps of training differ");
      if (!randomInTraining()) {
        // Not to the bit: TensorFlow works in place where no gradient needs the operand, and rounds
        // otherwise according to where in memory a tensor begins.
        assertNear(sampling.output(batch, values, 0), first, 1e-5f, "training and sampling");
      }
    }
  }

  /**
   * Of its 8 bits a product keeps a relative error of 0.4%; a tenth is left for a whole network.
   */
  @Test
  default void bfloat16StaysCloseToFloat32() {
    var batch = threeExamples();
    try (var exact = trial();
        var rounded = trial(-1, false, Precision.BFLOAT16)) {
      var values = moved(exact);
      Vector expected = exact.output(batch, values, 0);
      Vector found = rounded.output(batch, values, 0);
      double error = found.plus(-1, expected).norm() / expected.norm();
      assertTrue(error < 0.1, "relative error " + error);
    }
  }

  private static void assertSame(Vector expected, Vector found, String what) {
    assertArrayEquals(expected.values(), found.values(), what);
  }

  private static void assertNear(Vector expected, Vector found, float tolerance, String what) {
    float delta = Math.max(tolerance * expected.largest(), Float.MIN_NORMAL);
    assertArrayEquals(expected.values(), found.values(), delta, what);
  }

  private Noised threeExamples() {
    var levels = levels();
    var batch = Noised.at(example(), levels.get(1), levels.get(2), levels.get(5));
    return batch.withLabels(classes() - 1, -1, 0);
  }

  private Noised everyLevel() {
    var batch = Noised.at(example(), levels().toArray(new NoiseLevel[0]));
    return batch.withLabels(new int[batch.count()]);
  }

  private ModelTrial trial() {
    return trial(-1, false, Precision.FLOAT32);
  }

  private ModelTrial trial(long batch, boolean training, Precision precision) {
    return new ModelTrial(
        model(), new ModelTrial.Setting(batch, example(), classes(), training, precision, 1));
  }

  private static Map<String, Vector> moved(ModelTrial trial) {
    var random = new Random(5);
    Map<String, Vector> moved = new LinkedHashMap<>(trial.initial());
    trial
        .trained()
        .forEach(
            path ->
                moved.computeIfPresent(
                    path, (p, v) -> v.plus(1, Vector.normal(random, v.length(), 0.2))));
    return moved;
  }
}

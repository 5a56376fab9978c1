package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Condition;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LevelTensors;
import org.score4j.api.ModelScope;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.TwoModes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** What holds for every solver: with every process and every prediction. */
class EverySolverTest {
  private static final TimeGrid GRID = new LogSnrGrid();

  /** Those of which the others are special cases. */
  static Stream<String> solvers() {
    return Solvers.all().keySet().stream()
        .filter(name -> !name.matches("(lms|deis) [123]|unipc [12] .*|sa [12] .*|.*-sde eta 0"));
  }

  /**
   * The flow of data at one point is a straight line in sigma / alpha, and denoised is the point: a
   * solver that is exact in what is linear draws from the marginal in however few steps.
   */
  @ParameterizedTest
  @MethodSource("solvers")
  void dataAtAPointAreDrawnExactlyWithEveryProcess(String name) {
    // Polynomials in t do not go with times that crowd at one end, as those of cosine do in
    // log-SNR.
    boolean inTime = name.startsWith("deis") && !name.endsWith("log-ratio");
    TimeGrid grid = inTime ? new PowerGrid() : GRID;
    Sampler sampler = Solvers.all().get(name).of(6, grid, false);
    for (Sde sde : EverySde.ALL) {
      Moments law = new Gaussian(sde, 0.5, 0).law(sampler);
      Moments truth = Moments.marginal(0.5, 0, sde.level(sde.startTime()));
      double deviation = Math.sqrt(truth.variance());
      assertEquals(truth.mean(), law.mean(), 2e-6, name + ", " + sde);
      assertEquals(
          deviation, Math.sqrt(law.variance()), 1e-6 + 1e-3 * deviation, name + ", " + sde);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void whatTheNetworkPredictsMakesNoDifference(String name) {
    Sampler sampler = Solvers.all().get(name).of(12, GRID, true);
    float[] expected = draw(sampler, Prediction.SCORE);
    for (Prediction prediction : Prediction.values()) {
      assertArrayEquals(expected, draw(sampler, prediction), 1e-4f, name + ", " + prediction);
    }
  }

  private static float[] draw(Sampler sampler, Prediction prediction) {
    var model = new Predicting(new TwoModes(-1, 1, 0.3, 0.2), prediction);
    try (var program =
        new SamplingProgram(
            new VariancePreserving(), model, sampler, Shape.of(2), 8, 0, Precision.FLOAT32)) {
      return program.draw(1, 0, n -> 0, Progress.NONE);
    }
  }

  /** A model of the score that says it another way. */
  private record Predicting(ScoreModel model, Prediction prediction) implements ScoreModel {
    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      var tf = scope.tf();
      var field =
          Prediction.SCORE.field(tf, (point, at) -> model.apply(scope, point, at, condition));
      return switch (prediction) {
        case SCORE -> field.score(x, level);
        case NOISE -> field.noise(x, level);
        case DENOISED -> field.denoised(x, level);
        case VELOCITY ->
            tf.math.sub(
                tf.math.mul(LevelTensors.align(tf, level.alpha(), x), field.noise(x, level)),
                tf.math.mul(LevelTensors.align(tf, level.sigma(), x), field.denoised(x, level)));
      };
    }
  }

  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of(new Ddim(), 50),
        Arguments.of(new Ddpm(), 1000),
        Arguments.of(new Deis(), 10),
        Arguments.of(new Dpm2(), 35),
        Arguments.of(new DpmSolver(), 28),
        Arguments.of(new DpmSolver(10, 2, GRID, false), 20),
        Arguments.of(new DpmSolverPlusPlus(), 20),
        Arguments.of(plusPlus(Variant._2S), 39),
        Arguments.of(plusPlus(Variant._2M_SDE), 20),
        Arguments.of(plusPlus(Variant._3M_SDE), 20),
        Arguments.of(new Euler(), 50),
        Arguments.of(new EulerAncestral(), 50),
        Arguments.of(new Heun(), 35),
        Arguments.of(new Heun(18, 40, 0.05, 50, 1.003, GRID, false), 36),
        Arguments.of(new LinearMultistep(), 50),
        Arguments.of(new SaSolver(), 20),
        Arguments.of(new UniPc(), 10));
  }

  private static Sampler plusPlus(Variant variant) {
    return new DpmSolverPlusPlus(20, variant, SolverType.MIDPOINT, 1, true, GRID, true);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void theNetworkIsEvaluatedAsOftenAsPublished(Sampler sampler, int evaluations) {
    assertEquals(
        evaluations, new Gaussian(new VariancePreserving(), 0.5, 0.3).evaluations(sampler));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void oneStepDenoisesThePrior(String name) {
    var gaussian = new Gaussian(new VariancePreserving(), 0.5, 0.3);
    Sde sde = gaussian.sde();
    var level = sde.level(sde.endTime());
    double weight = level.alpha() * 0.09 / Moments.marginal(0.5, 0.3, level).variance();
    double expected = 0.5 + weight * (1.5 - level.alpha() * 0.5);
    Sampler sampler = Solvers.all().get(name).of(1, GRID, true);
    assertEquals(expected, gaussian.run(sampler, 1.5f)[0], 1e-5);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void stepsMustBePositive(String name) {
    var solver = Solvers.all().get(name);
    assertThrows(InvalidValueException.class, () -> solver.of(0, GRID, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5})
  void ordersBeyondTheMethodAreRefused(int order) {
    List<Runnable> makers =
        List.of(
            () -> new LinearMultistep(10, order, GRID, true),
            () -> new Deis(10, order, GRID, true),
            () -> new DpmSolver(10, order, GRID, true),
            () -> new SaSolver(10, order, 2, 1, 0, 1, true, GRID, true),
            () -> new SaSolver(10, 2, order == 0 ? -1 : order, 1, 0, 1, true, GRID, true),
            () -> new UniPc(10, order, UniPc.Solver.BH2, true, GRID, true));
    for (Runnable maker : makers) {
      assertThrows(InvalidValueException.class, maker::run);
    }
  }
}

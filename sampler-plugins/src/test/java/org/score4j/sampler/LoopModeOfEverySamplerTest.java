package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.score4j.api.Corrector;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Predictor;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.sde.VariancePreserving;
import org.score4j.testkit.TwoModes;
import org.tensorflow.ndarray.Shape;

/** Samplers loop inside the graph as they do outside of it. */
class LoopModeOfEverySamplerTest {
  /** The engine does 25 runs of kernels together: the last of these is alone. */
  private static final int STEPS = 26;

  static Map<String, Sampler> samplers() {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    EverySolverTest.solvers()
        .forEach(
            name -> samplers.put(name, Solvers.all().get(name).of(STEPS, new LogSnrGrid(), true)));
    samplers.put("euler-maruyama", new EulerMaruyama(STEPS, new UniformGrid()));
    for (var predictor :
        List.of(
            new EulerMaruyamaPredictor(),
            new ReverseDiffusion(),
            new AncestralPredictor(),
            new ProbabilityFlowPredictor(),
            new NoPredictor())) {
      samplers.put(predictor.toString(), corrected(predictor, new LangevinCorrector()));
    }
    samplers.put("annealed", corrected(new ReverseDiffusion(), new AnnealedLangevinCorrector()));
    samplers.put("langevin", new Langevin(STEPS, 5e-5, Optional.empty()));
    samplers.put("gradient-ascent", new GradientAscent(STEPS, 5e-5, Optional.empty()));
    samplers.put(
        "annealed-langevin", new AnnealedLangevin(STEPS, 5, 0.176, true, new UniformGrid()));
    return samplers;
  }

  private static Sampler corrected(Predictor predictor, Corrector corrector) {
    return new PredictorCorrector(STEPS, predictor, corrector, new UniformGrid());
  }

  static Set<String> names() {
    return samplers().keySet();
  }

  private static SamplingProgram program(Sampler sampler, LoopMode mode) {
    Sde sde = new VariancePreserving();
    return new SamplingProgram(
        sde,
        new TwoModes(-1, 1, 0.3, 0.2),
        sampler,
        Shape.of(2),
        8,
        0,
        Precision.FLOAT32,
        new SamplingOptions().with(mode));
  }

  @ParameterizedTest
  @MethodSource("names")
  void samplesAreTheSame(String name) {
    Sampler sampler = samplers().get(name);
    try (var host = program(sampler, LoopMode.HOST);
        var graph = program(sampler, LoopMode.GRAPH)) {
      float[] expected = host.draw(3, 8, n -> 0, Progress.NONE);
      float[] actual = graph.draw(3, 8, n -> 0, Progress.NONE);
      assertArrayEquals(expected, actual, name);
    }
  }

  @Test
  void samplersToAToleranceLoopOnTheHost() {
    for (Sampler sampler : List.of(new DpmAdaptive(), new ProbabilityFlow())) {
      var refused =
          assertThrows(InvalidValueException.class, () -> program(sampler, LoopMode.GRAPH).close());
      assertTrue(
          refused.getMessage().contains("must be \"auto\" or \"host\""), refused.getMessage());
      try (var host = program(sampler, LoopMode.HOST);
          var auto = program(sampler, LoopMode.AUTO)) {
        assertArrayEquals(
            host.draw(3, 8, n -> 0, Progress.NONE), auto.draw(3, 8, n -> 0, Progress.NONE));
      }
    }
  }
}

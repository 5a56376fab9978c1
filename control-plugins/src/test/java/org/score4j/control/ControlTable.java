package org.score4j.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.api.Sampler;
import org.score4j.sampler.Ddim;
import org.score4j.sampler.DpmSolverPlusPlus;
import org.score4j.sampler.Heun;
import org.score4j.sampler.KarrasGrid;
import org.score4j.sampler.LangevinCorrector;
import org.score4j.sampler.LogSnrGrid;
import org.score4j.sampler.NoCorrector;
import org.score4j.sampler.PredictorCorrector;
import org.score4j.sampler.ProbabilityFlow;
import org.score4j.sampler.ReverseDiffusion;
import org.score4j.sampler.UniformGrid;

class ControlTable {
  static final int SAMPLES = 4000;

  static Map<String, Sampler> samplers() {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    samplers.put(
        "pc none",
        new PredictorCorrector(200, new ReverseDiffusion(), new NoCorrector(), new UniformGrid()));
    samplers.put(
        "pc",
        new PredictorCorrector(
            200, new ReverseDiffusion(), new LangevinCorrector(0.16, 1), new UniformGrid()));
    samplers.put(
        "pc 5",
        new PredictorCorrector(
            200, new ReverseDiffusion(), new LangevinCorrector(0.16, 5), new UniformGrid()));
    samplers.put("heun", new Heun(50, 0, 0, Double.POSITIVE_INFINITY, 1, new KarrasGrid(), true));
    samplers.put("heun churn", new Heun(100, 40, 0.05, 50, 1.003, new KarrasGrid(), true));
    samplers.put(
        "dpm-solver++",
        new DpmSolverPlusPlus(
            50,
            DpmSolverPlusPlus.Variant._2M,
            DpmSolverPlusPlus.SolverType.MIDPOINT,
            1,
            true,
            new LogSnrGrid(),
            true));
    samplers.put("ddim", new Ddim(100, 0, new LogSnrGrid(), true));
    samplers.put("ddim 1", new Ddim(200, 1, new LogSnrGrid(), true));
    samplers.put("probability-flow", new ProbabilityFlow());
    return samplers;
  }

  @Test
  void prints() {
    Map<String, LinearOperator> operators = new LinkedHashMap<>();
    operators.put("mask", new Mask());
    operators.put("grey", new Grey());
    operators.put("blur", new Blur(1, 0.2));
    operators.put("super-resolution", new SuperResolution(2));
    for (var operator : operators.entrySet()) {
      OracleRun run = new OracleRun(operator.getValue());
      System.out.printf(
          Locale.ROOT, "%s floor %.4f prior %.4f%n", operator.getKey(), run.floor(), run.prior());
      Images images = new Images(List.of(0L));
      Map<String, Control> controls = new LinkedHashMap<>();
      controls.put("path", new Replacement(images, operator.getValue(), Known.PATH));
      controls.put("renewed", new Replacement(images, operator.getValue(), Known.RENEWED));
      controls.put("gradient", new GradientGuidance(images, operator.getValue(), 1, 0.5, 0));
      for (var sampler : samplers().entrySet()) {
        StringBuilder line = new StringBuilder(String.format("%-20s", sampler.getKey()));
        for (var control : controls.entrySet()) {
          line.append(
              String.format(
                  Locale.ROOT,
                  "  %s %.4f",
                  control.getKey(),
                  run.error(sampler.getValue(), List.of(control.getValue()))));
        }
        System.out.println(line);
      }
    }
  }
}

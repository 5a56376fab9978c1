package org.score4j.control;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.api.Sampler;
import org.score4j.sampler.AncestralPredictor;
import org.score4j.sampler.Ddim;
import org.score4j.sampler.DpmSolverPlusPlus;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sampler.Heun;
import org.score4j.sampler.KarrasGrid;
import org.score4j.sampler.LangevinCorrector;
import org.score4j.sampler.LogSnrGrid;
import org.score4j.sampler.PredictorCorrector;
import org.score4j.sampler.ProbabilityFlow;
import org.score4j.sampler.RePaint;
import org.score4j.sampler.ReverseDiffusion;
import org.score4j.sampler.UniformGrid;

/**
 * Measures controls against the distribution that they should give, and prints the table of this
 * module's README:
 *
 * <pre>
 * ./mvnw -q -pl control-plugins -am verify -Dtest=ControlTable -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>No test by its name, so that an ordinary build leaves it out.
 */
class ControlTable {
  private static final double[] APART = {2, 0.4};

  private static Map<String, Sampler> samplers() {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    samplers.put("`predictor-corrector`, 1 correction", correcting(1));
    samplers.put("`predictor-corrector`, 5 corrections", correcting(5));
    samplers.put("`heun`", new Heun(50, 0, 0, Double.POSITIVE_INFINITY, 1, new KarrasGrid(), true));
    samplers.put(
        "`dpm-solver++`",
        new DpmSolverPlusPlus(
            50, Variant._2M, SolverType.MIDPOINT, 1, true, new LogSnrGrid(), true));
    samplers.put("`ddim`", new Ddim(100, 0, new LogSnrGrid(), true));
    samplers.put("`probability-flow`", new ProbabilityFlow());
    samplers.put(
        "`repaint`, 10 times", new RePaint(50, 5, 10, new AncestralPredictor(), new LogSnrGrid()));
    return samplers;
  }

  private static Sampler correcting(int corrections) {
    return new PredictorCorrector(
        200, new ReverseDiffusion(), new LangevinCorrector(0.16, corrections), new UniformGrid());
  }

  @Test
  void isPrinted() {
    Map<String, LinearOperator> operators = new LinkedHashMap<>();
    operators.put("mask", new Mask());
    operators.put("grey", new Grey());
    operators.put("blur", new Blur(1, 0.2));
    operators.put("super-resolution", new SuperResolution(2));
    Images images = new Images(List.of(0L));
    operators.forEach(
        (name, operator) -> {
          List<Control> controls =
              List.of(
                  new Replacement(images, operator, Known.PATH),
                  new Replacement(images, operator, Known.RENEWED),
                  new GradientGuidance(images, operator, 1, 0.5, 0));
          var runs = Arrays.stream(APART).mapToObj(d -> new OracleRun(operator, d)).toList();
          StringBuilder floor = new StringBuilder("| " + name + " | exact draws |");
          runs.forEach(run -> floor.append(String.format(Locale.ROOT, " %.3f |||", run.floor())));
          System.out.println(floor);
          samplers()
              .forEach(
                  (title, sampler) -> {
                    if (!name.equals("mask") && !title.matches(".*(heun|5 corr|repaint).*")) {
                      return;
                    }
                    StringBuilder line = new StringBuilder("| " + name + " | " + title + " |");
                    for (OracleRun run : runs) {
                      for (Control control : controls) {
                        double error = run.error(sampler, List.of(control));
                        line.append(String.format(Locale.ROOT, " %.3f |", error));
                      }
                    }
                    System.out.println(line);
                  });
        });
  }
}

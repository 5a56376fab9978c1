package org.score4j.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.score4j.api.Control;
import org.score4j.api.LinearOperator;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
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
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;

/**
 * Measures controls against the distribution that they should give, and prints the tables of this
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
  private static final double[] WEIGHTS = {1, 2, 4};
  private static final String CORRECTING = "`predictor-corrector`, 5 corrections";
  private static final String REPAINT = "`repaint`, 10 times";

  private static Map<String, Sampler> samplers() {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    samplers.put("`predictor-corrector`, 1 correction", correcting(1));
    samplers.put(CORRECTING, correcting(5));
    samplers.put("`heun`", new Heun(50, 0, 0, Double.POSITIVE_INFINITY, 1, new KarrasGrid(), true));
    samplers.put(
        "`dpm-solver++`",
        new DpmSolverPlusPlus(
            50, Variant._2M, SolverType.MIDPOINT, 1, true, new LogSnrGrid(), true));
    samplers.put("`ddim`", new Ddim(100, 0, new LogSnrGrid(), true));
    samplers.put("`probability-flow`", new ProbabilityFlow());
    samplers.put(REPAINT, new RePaint(50, 5, 10, new AncestralPredictor(), new LogSnrGrid()));
    return samplers;
  }

  private static Sampler correcting(int corrections) {
    return new PredictorCorrector(
        200, new ReverseDiffusion(), new LangevinCorrector(0.16, corrections), new UniformGrid());
  }

  private static Map<String, Sde> processes() {
    Map<String, Sde> processes = new LinkedHashMap<>();
    processes.put("VP", new VariancePreserving());
    processes.put("VE", new VarianceExploding());
    return processes;
  }

  private static String cells(List<Double> errors) {
    return errors.stream()
        .map(error -> String.format(Locale.ROOT, " %.3f |", error))
        .collect(Collectors.joining());
  }

  @Test
  void knownPartsArePrinted() {
    Map<String, LinearOperator> operators = new LinkedHashMap<>();
    operators.put("mask", new Mask());
    operators.put("grey", new Grey());
    operators.put("blur", new Blur(1, 0.2));
    operators.put("super-resolution", new SuperResolution(2));
    processes()
        .forEach(
            (process, sde) -> {
              System.out.println(
                  "| "
                      + process
                      + " | sampler | telling: replacement, path | replacement, renewed | gradient"
                      + " | ambiguous: replacement, path | replacement, renewed | gradient |");
              System.out.println("|---|---|" + "---:|".repeat(6));
              operators.forEach((name, operator) -> printKnownPart(sde, name, operator));
            });
  }

  private static void printKnownPart(Sde sde, String name, LinearOperator operator) {
    Images images = new Images(List.of(0L));
    List<Control> controls =
        List.of(
            new Replacement(images, operator, Known.PATH),
            new Replacement(images, operator, Known.RENEWED),
            new GradientGuidance(images, operator, 1, 0.5, 0));
    List<OracleRun> runs =
        Arrays.stream(APART)
            .mapToObj(apart -> new OracleRun(sde, new KnownPosterior(operator, apart)))
            .toList();
    String floors =
        runs.stream()
            .map(run -> String.format(Locale.ROOT, " %.3f | | |", run.floor()))
            .collect(Collectors.joining());
    System.out.println("| " + name + " | exact draws |" + floors);
    samplers()
        .forEach(
            (title, sampler) -> {
              boolean brief = List.of("`heun`", CORRECTING, REPAINT).contains(title);
              if (name.equals("mask") || brief) {
                List<Double> errors = new ArrayList<>();
                for (OracleRun run : runs) {
                  controls.forEach(control -> errors.add(run.error(sampler, List.of(control))));
                }
                System.out.println("| " + name + " | " + title + " |" + cells(errors));
              }
            });
  }

  @Test
  void guidanceIsPrinted() {
    System.out.println("| guidance | sampler | VP: w = 1 | 2 | 4 | VE: w = 1 | 2 | 4 |");
    System.out.println("|---|---|" + "---:|".repeat(6));
    List<Double> floors = new ArrayList<>();
    guided((w, run) -> floors.add(run.floor()));
    System.out.println("| | exact draws |" + cells(floors));
    var any = new ClassifierFreeGuidance(0, 0, Double.POSITIVE_INFINITY, Optional.empty());
    Map<String, DoubleFunction<List<Control>>> guidances = new LinkedHashMap<>();
    guidances.put(
        "`classifier-guidance`",
        w -> List.of(any, new ClassifierGuidance(Path.of("exact"), w, Optional.empty())));
    guidances.put(
        "`classifier-free-guidance`",
        w -> List.of(new ClassifierFreeGuidance(w, 0, Double.POSITIVE_INFINITY, Optional.empty())));
    // Made to go back and forth between known and unknown parts.
    Map<String, Sampler> samplers = samplers();
    samplers.remove(REPAINT);
    guidances.forEach(
        (name, controls) ->
            samplers.forEach(
                (title, sampler) -> {
                  List<Double> errors = new ArrayList<>();
                  guided((w, run) -> errors.add(run.error(sampler, controls.apply(w))));
                  System.out.println("| " + name + " | " + title + " |" + cells(errors));
                }));
  }

  private static void guided(BiConsumer<Double, OracleRun> each) {
    processes()
        .values()
        .forEach(
            sde ->
                Arrays.stream(WEIGHTS)
                    .forEach(w -> each.accept(w, new OracleRun(sde, new GuidedMixture(w)))));
  }
}

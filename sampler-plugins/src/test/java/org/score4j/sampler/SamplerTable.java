package org.score4j.sampler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.score4j.api.Corrector;
import org.score4j.api.Metric;
import org.score4j.api.MixtureComponent;
import org.score4j.api.Precision;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.metric.SlicedWasserstein;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.AncestralPredictor.Variance;
import org.score4j.sampler.DpmSolverPlusPlus.SolverType;
import org.score4j.sampler.DpmSolverPlusPlus.Variant;
import org.score4j.sde.SubVariancePreserving;
import org.score4j.sde.VarianceExploding;
import org.score4j.sde.VariancePreserving;
import org.score4j.solver.ErrorNorm;
import org.tensorflow.ndarray.Shape;

/**
 * Measures every sampler against the number of score evaluations it is allowed, on a mixture whose
 * score is known, and writes what it finds to this module's README and a picture beside it:
 *
 * <pre>
 * ./mvnw -q -pl sampler-plugins -am verify -Dtest=SamplerTable -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>No test by its name, so that an ordinary build leaves it out.
 */
class SamplerTable {
  static final int[] BUDGETS = {5, 10, 20, 50, 100, 500};
  private static final int SAMPLES = 20_000;
  private static final String BEGIN = "<!-- sampler table: written by SamplerTable -->\n";
  private static final String END = "<!-- end of sampler table -->\n";
  private static final String PICTURE = "sliced-wasserstein.svg";

  /** Four modes of unequal weight and width, of about unit variance. */
  private static final GaussianMixture MIXTURE =
      new GaussianMixture(
          List.of(
              new MixtureComponent(0.1, List.of(-1.0, -1.0), List.of(0.3, 0.3)),
              new MixtureComponent(0.2, List.of(-1.0, 1.0), List.of(0.1, 0.1)),
              new MixtureComponent(0.3, List.of(1.0, -1.0), List.of(0.2, 0.2)),
              new MixtureComponent(0.4, List.of(1.0, 1.0), List.of(0.1, 0.3))));

  /**
   * One row.
   *
   * @param sampler whose name the row has
   * @param within samplers for a number of evaluations, 5 or above, from the boldest to the most
   *     careful: the last that does with that number counts
   */
  record Row(Sampler sampler, IntFunction<List<Sampler>> within) {

    /** A sampler that knows its evaluations beforehand. */
    static Row of(IntFunction<Sampler> sampler) {
      return new Row(sampler.apply(500), n -> List.of(sampler.apply(n)));
    }

    /** A sampler that takes as many evaluations as its tolerance makes it. */
    static Row adaptive(Sampler sampler, DoubleFunction<Sampler> byTolerance) {
      List<Sampler> candidates =
          IntStream.range(0, 7).mapToObj(k -> byTolerance.apply(Math.pow(0.1, k))).toList();
      return new Row(sampler, n -> candidates);
    }

    String name() {
      return RecipeText.of((Record) sampler);
    }
  }

  /** A line for every sampler, more for one with grids or orders worth comparing. */
  static List<Row> rows() {
    return List.of(
        Row.of(n -> new EulerMaruyama(n, new UniformGrid())),
        Row.of(n -> new EulerMaruyama(n, new KarrasGrid())),
        Row.of(n -> correcting(n, new NoCorrector(), new UniformGrid())),
        Row.of(n -> correcting(n, new NoCorrector(), new LogSnrGrid())),
        Row.of(n -> correcting(n / 2, new LangevinCorrector(), new UniformGrid())),
        Row.of(n -> new GradientAscent(n, 5e-5, Optional.empty())),
        Row.of(n -> new Langevin(n, 5e-5, Optional.empty())),
        Row.of(n -> new AnnealedLangevin(n - 1, 1, 0.176, true, new UniformGrid())),
        Row.adaptive(
            new ProbabilityFlow(), e -> new ProbabilityFlow(e, e, ErrorNorm.PER_SAMPLE, 0, true)),
        Row.adaptive(
            new DpmAdaptive(),
            e -> new DpmAdaptive(e, e, ErrorNorm.PER_SAMPLE, 0.05, 1, 0, 1, 0, 0.81, true)),
        Row.of(n -> new Ddpm(n, Variance.TRANSITION, new UniformGrid(), true)),
        Row.of(n -> new Ddpm(n, Variance.POSTERIOR, new LogSnrGrid(), true)),
        Row.of(n -> new EulerAncestral(n, 1, 1, new KarrasGrid(), true)),
        Row.of(n -> plusPlus(n, Variant._2M_SDE)),
        Row.of(n -> plusPlus(n, Variant._3M_SDE)),
        Row.of(n -> adams(n, 0, Double.POSITIVE_INFINITY)),
        Row.of(n -> adams(n, 0.05, 1)),
        Row.of(n -> new Heun((n + 1) / 2, n, 0.05, 50, 1, new KarrasGrid(), true)),
        Row.of(n -> new Ddim(n, 0, new UniformGrid(), true)),
        Row.of(n -> new Ddim(n, 0, new LogSnrGrid(), true)),
        Row.of(n -> new Euler(n, new KarrasGrid(), true)),
        Row.of(n -> heun(n, new KarrasGrid())),
        Row.of(n -> heun(n, new LogSnrGrid())),
        Row.of(n -> new Dpm2((n + 1) / 2, new KarrasGrid(), true)),
        Row.of(n -> new DpmSolver((n + 1) / 2, 2, new LogSnrGrid(), true)),
        Row.of(n -> new DpmSolver((n + 2) / 3, 3, new LogSnrGrid(), true)),
        Row.of(n -> plusPlus((n + 1) / 2, Variant._2S)),
        Row.of(n -> plusPlus(n, Variant._2M)),
        Row.of(n -> new LinearMultistep(n, 4, new KarrasGrid(), true)),
        Row.of(n -> new Deis(n, 3, new PowerGrid(), true)),
        Row.of(n -> new Deis(n, 4, new PowerGrid(), true)),
        Row.of(n -> new UniPc(n, 2, UniPc.Solver.BH2, true, new LogSnrGrid(), true)),
        Row.of(n -> new UniPc(n, 3, UniPc.Solver.BH2, true, new LogSnrGrid(), true)));
  }

  private static Sampler plusPlus(int steps, Variant variant) {
    return new DpmSolverPlusPlus(
        steps, variant, SolverType.MIDPOINT, 1, true, new LogSnrGrid(), true);
  }

  private static Sampler adams(int steps, double sMin, double sMax) {
    return new SaSolver(steps, 3, 4, 1, sMin, sMax, true, new LogSnrGrid(), true);
  }

  private static Sampler heun(int evaluations, TimeGrid grid) {
    return new Heun((evaluations + 1) / 2, 0, 0, Double.POSITIVE_INFINITY, 1, grid, true);
  }

  private static Sampler correcting(int steps, Corrector corrector, TimeGrid grid) {
    return new PredictorCorrector(steps, new ReverseDiffusion(), corrector, grid);
  }

  @Test
  void isWritten() throws IOException {
    var text = new StringBuilder(BEGIN);
    text.append(
        String.format(
            Locale.ROOT,
            """
        Sliced Wasserstein distance (order 1) between %,d samples and as many fresh draws of a mixture \
        of four Gaussians in the plane, whose exact score the samplers are given, by the number of \
        score evaluations allowed. Two sets of draws are %s apart: less is luck. To measure again:

        ```
        ./mvnw -q -pl sampler-plugins -am verify -Dtest=SamplerTable -Dsurefire.failIfNoSpecifiedTests=false
        ```

        ![Distance by evaluations](%s)
        """,
            SAMPLES,
            shown(distance(draws(1))),
            PICTURE));
    Map<String, Map<String, double[]>> panels = new LinkedHashMap<>();
    for (Sde sde :
        List.of(new VarianceExploding(), new VariancePreserving(), new SubVariancePreserving())) {
      String process = RecipeText.of((Record) sde);
      Map<String, double[]> lines = new LinkedHashMap<>();
      text.append("\n`").append(process).append("`\n\n| sampler |");
      for (int budget : BUDGETS) {
        text.append(' ').append(budget).append(" |");
      }
      text.append("\n|---|").append("---:|".repeat(BUDGETS.length)).append('\n');
      for (Row row : rows()) {
        double[] distances = new double[BUDGETS.length];
        text.append("| `").append(row.name()).append("` |");
        for (int i = 0; i < BUDGETS.length; i++) {
          distances[i] = distance(row, sde, BUDGETS[i]);
          text.append(' ').append(shown(distances[i])).append(" |");
        }
        text.append('\n');
        lines.put(row.name(), distances);
      }
      panels.put(process, lines);
    }
    write(text.append(END).toString());
    Files.writeString(Path.of(PICTURE), LogLogPicture.svg(BUDGETS, panels));
  }

  /** Puts the text in the place of what was written last time, or at the end. */
  private static void write(String text) throws IOException {
    Path file = Path.of("README.md");
    String old = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END) + END.length();
    Files.writeString(
        file, begin < 0 ? old + text : old.substring(0, begin) + text + old.substring(end));
  }

  /** Not a number if no sampler of the row does with so few evaluations. */
  private static double distance(Row row, Sde sde, int budget) {
    double distance = Double.NaN;
    for (Sampler sampler : row.within().apply(budget)) {
      try (var program =
          new SamplingProgram(sde, MIXTURE, sampler, Shape.of(2), SAMPLES, 0, Precision.FLOAT32)) {
        float[] samples =
            program.draw(
                1,
                0,
                n -> 0,
                (done, total) -> {
                  if (program.evaluations() > budget) {
                    throw new CancellationException("more evaluations than allowed");
                  }
                });
        if (program.evaluations() > budget) {
          return distance;
        }
        distance = distance(samples);
      } catch (CancellationException e) {
        return distance;
      }
    }
    return distance;
  }

  private static double distance(float[] samples) {
    Metric.Measuring measuring = new SlicedWasserstein().start(Shape.of(2));
    measuring.generated(samples, SAMPLES);
    measuring.real(draws(2), SAMPLES);
    return measuring.result().get(0).value();
  }

  /** Of the mixture itself. */
  private static float[] draws(long seed) {
    var random = new Random(seed);
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      double rest = random.nextDouble();
      int k = 0;
      while (rest >= MIXTURE.components().get(k).weight() && k < 3) {
        rest -= MIXTURE.components().get(k++).weight();
      }
      MixtureComponent mode = MIXTURE.components().get(k);
      for (int axis = 0; axis < 2; axis++) {
        values.add(
            (float)
                (mode.mean().get(axis)
                    + mode.standardDeviation().get(axis) * random.nextGaussian()));
      }
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static String shown(double distance) {
    if (!(distance < 100)) {
      return "-";
    }
    int digits = (int) Math.max(0, 1 - Math.floor(Math.log10(distance)));
    return String.format(Locale.ROOT, "%." + Math.min(digits, 4) + "f", distance);
  }
}

package org.score4j.report;

import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.score4j.api.Examples;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Progress;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.Recipe;
import org.score4j.report.picture.PathsFigure;
import org.score4j.report.picture.ScoreFieldFigure;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.DensityMap;
import org.score4j.report.plane.Timeline;
import org.score4j.report.plane.View;
import org.score4j.report.plane.Window;
import org.score4j.sampling.Generator;
import org.score4j.sampling.SamplingFailure;

/** What a trained run on points of the plane has to show: its score field, and samples' paths. */
public final class PlaneFigures {
  private static final double[] NOISE = {0.1, 0.3, 1, 3};
  private static final double[] MARKS = {30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01};
  private static final double APART = 0.06;
  private static final int CELLS = 160;
  private static final int ARROWS = 16;
  private static final int PATHS = 48;
  private static final int POINTS = 240;
  private static final int COLUMNS = 520;
  private static final int ROWS = 400;

  private final Recipe recipe;
  private final Examples examples;
  private final Generator generator;
  private final Tracer tracer;

  @Inject
  PlaneFigures(Recipe recipe, Examples examples, Generator generator, Tracer tracer) {
    this.recipe = recipe;
    this.examples = examples;
    this.generator = generator;
    this.tracer = tracer;
  }

  /**
   * A picture with its words.
   *
   * @param title a few words
   * @param caption sentences
   * @param image with two pixels for one of its width as it is to be shown
   */
  public record Figure(String title, String caption, BufferedImage image) {}

  /**
   * Draws the figures with the averaged parameters of the run's newest checkpoint and its recipe's
   * sampler and seed.
   *
   * @param progress told in steps of the sampler
   * @return none if the data are not points of the plane, or the recipe has no model
   * @throws org.score4j.recipe.plugin.BadInput if the run has not been trained
   * @throws SamplingFailure if a sample is not finite
   */
  public List<Figure> draw(Progress progress) {
    Optional<PlaneData> data = PlaneData.of(recipe, examples, generator::draw);
    if (data.isEmpty() || recipe.model().isEmpty()) {
      return List.of();
    }
    List<Figure> figures = new ArrayList<>(List.of(scoreField(data.get())));
    paths(data.get(), progress).ifPresent(figures::add);
    return figures;
  }

  private Figure scoreField(PlaneData data) {
    Timeline timeline = data.timeline();
    List<ScoreFieldFigure.Level> levels = new ArrayList<>();
    try (var field = new LearnedField(generator.scores(), recipe.sde())) {
      for (double noise : NOISE) {
        double place = timeline.placeOfNoise(oneDigit(noise * timeline.scale()));
        if (place >= 0 && place <= 1) {
          levels.add(level(data, field, timeline.time(place)));
        }
      }
      if (levels.isEmpty()) {
        levels.add(level(data, field, timeline.time(0.5)));
      }
    }
    String caption =
        "Arrows are σ ∇ log p of the noised data at that place, colours their density p."
            + (data.truth().isPresent()
                ? " The error is that of the learned arrows as a share of the true ones', each"
                    + " weighted by the density."
                : "")
            + (examples.standardization().isPresent()
                ? " Axes are in the model's units, in which the data are standardized."
                : "");
    return new Figure("Score field", caption, new ScoreFieldFigure(levels).draw());
  }

  private ScoreFieldFigure.Level level(PlaneData data, LearnedField field, double t) {
    NoiseLevel level = recipe.sde().level(t);
    Window window = data.view().at(level);
    DensityMap density = data.density().map(level, window, CELLS);
    Arrows learned = field.arrows(window, ARROWS, t);
    Optional<Arrows> truth = data.trueArrows(window, ARROWS, level);
    return new ScoreFieldFigure.Level(
        "σ / α = " + Numerals.significant(level.sigma() / level.alpha(), 2),
        "t = "
            + Numerals.significant(t, 2)
            + truth
                .map(
                    known ->
                        ", error "
                            + Numerals.significant(100 * learned.errorTo(known, density), 2)
                            + " %")
                .orElse(""),
        density,
        learned,
        truth);
  }

  /** Empty if the sampler does not show where samples are. */
  private Optional<Figure> paths(PlaneData data, Progress progress) {
    return tracer
        .reverse(data.timeline(), PATHS, recipe.seed(), POINTS, true, progress)
        .map(ways -> paths(data, ways));
  }

  private Figure paths(PlaneData data, Tracer.Ways ways) {
    Timeline timeline = data.timeline();
    View view = data.view().steady(recipe.sde());
    List<double[]> paths = new ArrayList<>();
    for (int n = 0; n < PATHS; n++) {
      paths.add(new double[2 * POINTS]);
    }
    for (int point = 0; point < POINTS; point++) {
      Window window = view.at(recipe.sde().level(ways.times()[point]));
      for (int n = 0; n < PATHS; n++) {
        float[] states = ways.states()[point];
        paths.get(n)[2 * point] = (states[2 * n] - window.x()) / window.half();
        paths.get(n)[2 * point + 1] = (states[2 * n + 1] - window.y()) / window.half();
      }
    }
    List<double[]> marginals = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      NoiseLevel level = recipe.sde().level(ways.times()[i * (POINTS - 1) / (COLUMNS - 1)]);
      marginals.add(data.density().marginal(level, view.at(level), ROWS));
    }
    NoiseLevel clean = recipe.sde().level(ways.times()[POINTS - 1]);
    DensityMap density = data.density().map(clean, view.at(clean), 2 * CELLS);
    var figure = new PathsFigure(paths, density, marginals, marks(timeline, ways));
    String caption =
        PATHS
            + " samples of the recipe's sampler on their way from the prior to the data, darker"
            + " with every step."
            + (view.fixed().isEmpty()
                ? " Coordinates are scaled with the spread of the noised data, so that the prior"
                    + " and the data fit in one picture."
                : "");
    return new Figure("Paths of samples", caption, figure.draw());
  }

  /** Shares of the way at which noise has round values. */
  private Map<Double, String> marks(Timeline timeline, Tracer.Ways ways) {
    Map<Double, String> marks = new TreeMap<>();
    double before = -APART / 2;
    for (double noise : MARKS) {
      int point = 0;
      while (point < POINTS && noise(ways.times()[point]) > noise) {
        point++;
      }
      double place = (double) point / (POINTS - 1);
      if (point > 0 && point < POINTS && place - before >= APART) {
        marks.put(place, Numerals.significant(noise, 2));
        before = place;
      }
    }
    return marks;
  }

  private static double oneDigit(double value) {
    return new BigDecimal(value).round(new MathContext(1)).doubleValue();
  }

  private double noise(double t) {
    return recipe.sde().sigma(t) / recipe.sde().alpha(t);
  }
}

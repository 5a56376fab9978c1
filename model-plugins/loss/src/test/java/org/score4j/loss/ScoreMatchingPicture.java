package org.score4j.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Loss;
import org.score4j.api.Prediction;
import org.score4j.api.Sde;
import org.score4j.model.Activation;
import org.score4j.model.GaussianMixture;
import org.score4j.model.Mlp;
import org.score4j.sde.VarianceExploding;

/**
 * Draws where learned scores are wrong, as SVG: those of the recipes in examples/score-matching, on
 * the mixture of Song and Ermon 2019 (figure 2), whose exact score is known.
 *
 * <pre>
 * ./mvnw -q -pl model-plugins/loss -am verify -Dtest=ScoreMatchingPicture -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>No test by its name, so that an ordinary build leaves it out.
 */
class ScoreMatchingPicture {
  private static final Path FILE = Path.of("../../examples/images/score-matching.svg");
  private static final GaussianMixture MIXTURE = new GaussianMixture();
  private static final Sde SDE = new VarianceExploding(0.1, 10, 1e-5);
  private static final int CELLS = 48;
  private static final double REACH = 9;
  private static final int SIDE = 240;
  private static final int GAP = 30;
  private static final int TOP = 46;

  /** Relative errors up to which a cell has a colour; the last colour is for all above. */
  private static final double[] ERRORS = {0.05, 0.1, 0.2, 0.5, 1};

  private static final String[] COLOURS = {
    "#f7fbff", "#d0e1f2", "#94c4df", "#4a98c9", "#1764ab", "#08306b"
  };

  @TempDir Path folder;

  private final StringBuilder svg = new StringBuilder();

  @Test
  void isWritten() throws IOException {
    var implicit = train(new ImplicitScoreMatching(), Prediction.SCORE);
    write(0, "implicit, noise 0.1 (clean data)", errors(implicit, SDE.startTime()));
    var ladder = train(DenoisingScoreMatchingPreset.NCSN.get(), Prediction.NOISE);
    write(1, "ladder of noise, at 0.1", errors(ladder, SDE.startTime()));
    write(2, "ladder of noise, at 1", errors(ladder, SDE.timeAt(0)));
    write(3, "ladder of noise, at 10", errors(ladder, SDE.endTime()));
    key();
    int width = 4 * (SIDE + GAP) + GAP;
    Files.writeString(
        FILE,
        String.format(
            Locale.ROOT,
            """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" \
        font-size="13" shape-rendering="crispEdges">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """,
            width,
            TOP + SIDE + 50,
            svg));
  }

  private LearnedScore train(Loss loss, Prediction prediction) {
    var model = new Mlp(128, 3, Activation.SWISH, 32, 5, 0, prediction, false);
    return LearnedScore.train(MIXTURE, SDE, model, loss, 2000, folder);
  }

  /** |s - score| / |score| at the centres of the cells, row after row from the top. */
  private static double[] errors(LearnedScore learned, double t) {
    float[] points = new float[2 * CELLS * CELLS];
    for (int i = 0; i < CELLS * CELLS; i++) {
      points[2 * i] = (float) centre(i % CELLS);
      points[2 * i + 1] = (float) -centre(i / CELLS);
    }
    float[] found = learned.at(points, t);
    float[] exact = learned.exactAt(points, t);
    return IntStream.range(0, CELLS * CELLS)
        .mapToDouble(
            i ->
                Math.hypot(found[2 * i] - exact[2 * i], found[2 * i + 1] - exact[2 * i + 1])
                    / Math.hypot(exact[2 * i], exact[2 * i + 1]))
        .toArray();
  }

  private static double centre(int cell) {
    return REACH * (2.0 * (cell + 0.5) / CELLS - 1);
  }

  /** A map of errors, equal neighbours in a row drawn as one; circles hold 86% of each mode. */
  private void write(int panel, String title, double... errors) {
    double left = GAP + panel * (double) (SIDE + GAP);
    double cell = (double) SIDE / CELLS;
    text(left, TOP - 10, title);
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; ) {
        int from = column;
        int colour = colour(errors[row * CELLS + from]);
        while (column < CELLS && colour(errors[row * CELLS + column]) == colour) {
          column++;
        }
        rectangle(
            left + from * cell, TOP + row * cell, (column - from) * cell, cell, COLOURS[colour]);
      }
    }
    for (var mode : MIXTURE.components()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"none\" stroke=\"#e6550d\""
                  + " stroke-width=\"2\"/>%n",
              left + (mode.mean().get(0) / REACH + 1) / 2 * SIDE,
              TOP + (1 - mode.mean().get(1) / REACH) / 2 * SIDE,
              2 / REACH / 2 * SIDE));
    }
  }

  private static int colour(double error) {
    int colour = 0;
    while (colour < ERRORS.length && error > ERRORS[colour]) {
      colour++;
    }
    return colour;
  }

  private void key() {
    double top = TOP + SIDE + 16;
    text(GAP, top + 12, "relative error of the score:");
    for (int i = 0; i < COLOURS.length; i++) {
      double left = GAP + 190 + i * 110.0;
      rectangle(left, top, 18, 16, COLOURS[i]);
      text(
          left + 24,
          top + 12,
          i < ERRORS.length ? "up to " + ERRORS[i] : "above " + ERRORS[ERRORS.length - 1]);
    }
    text(GAP + 190 + COLOURS.length * 110.0, top + 12, "circles: two standard deviations");
  }

  private void rectangle(double x, double y, double width, double height, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
            x,
            y,
            width,
            height,
            colour));
  }

  private void text(double x, double y, String text) {
    svg.append(String.format(Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\">%s</text>%n", x, y, text));
  }
}

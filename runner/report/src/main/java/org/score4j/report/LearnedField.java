package org.score4j.report;

import java.util.Arrays;
import org.score4j.api.Sde;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.engine.score.TimeRange;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.Window;

/** What a run's model says of noised data. */
final class LearnedField implements AutoCloseable {
  private static final int ANY_CLASS = -1;

  private final ScoreProgram program;
  private final TimeRange times;

  /** A field that closes the program. */
  LearnedField(ScoreProgram program, Sde sde) {
    this.program = program;
    this.times = new TimeRange(sde);
  }

  /** Sigma times the score of points of the plane, of any class, at the middles of cells. */
  Arrows arrows(Window window, int side, double t) {
    int[] labels = new int[side * side];
    Arrays.fill(labels, ANY_CLASS);
    float[] noise = program.at(Arrows.places(window, side), all(labels.length, t), labels).noise();
    double[] vectors = new double[noise.length];
    Arrays.setAll(vectors, i -> -noise[i]);
    return new Arrows(window, side, vectors);
  }

  /** The expected clean data, of the size of x. */
  float[] denoised(float[] x, int[] labels, double t) {
    return program.at(x, all(labels.length, t), labels).denoised();
  }

  private float[] all(int count, double t) {
    float[] each = new float[count];
    Arrays.fill(each, Math.min(times.last(), Math.max(times.first(), (float) t)));
    return each;
  }

  @Override
  public void close() {
    program.close();
  }
}

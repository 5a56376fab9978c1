package org.score4j.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.score4j.api.NoiseLevel;
import org.score4j.api.Sde;
import org.score4j.report.image.Animation;
import org.score4j.report.picture.PlaneFrame;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.NoisedDensity;
import org.score4j.report.plane.View;
import org.score4j.report.plane.Window;

/**
 * Particles of the plane on their way.
 *
 * @param request how to show them
 * @param sde the forward process
 * @param density of the noised data
 * @param view of them
 * @param parts one for each direction
 */
record PlaneAnimation(
    AnimationRequest request, Sde sde, NoisedDensity density, View view, List<Part> parts)
    implements Animation {
  /** Points of the way from one frame to the next. */
  static final int POINTS_PER_FRAME = 3;

  private static final int TAIL_FRAMES = 8;
  private static final int CELLS = 160;

  /**
   * A direction.
   *
   * @param name of it
   * @param ways {@link #POINTS_PER_FRAME} points for each frame after the first
   * @param arrows sigma times the score, of each frame
   */
  record Part(String name, Tracer.Ways ways, List<Arrows> arrows) {}

  @Override
  public int frames() {
    return parts.size() * request.frames();
  }

  @Override
  public int delay(int frame) {
    return request.delay(frame == frames() - 1);
  }

  @Override
  public BufferedImage draw(int number) {
    Part part = parts.get(number / request.frames());
    int frame = number % request.frames();
    int now = frame * POINTS_PER_FRAME;
    int first = Math.max(0, now - TAIL_FRAMES * POINTS_PER_FRAME);
    double[][] tail = new double[now - first + 1][];
    for (int point = first; point <= now; point++) {
      Window window = view.at(sde.level(part.ways().times()[point]));
      tail[point - first] = relative(part.ways().states()[point], window);
    }
    NoiseLevel level = sde.level(part.ways().times()[now]);
    return new PlaneFrame(
            part.name(),
            Captions.noise(level),
            density.map(level, view.at(level), CELLS),
            part.arrows().get(frame),
            tail)
        .draw(request.width());
  }

  /** Places as shares of the way from a square's centre to its sides. */
  static double[] relative(float[] states, Window window) {
    double[] places = new double[states.length];
    for (int i = 0; i < states.length; i++) {
      places[i] = (states[i] - (i % 2 == 0 ? window.x() : window.y())) / window.half();
    }
    return places;
  }
}

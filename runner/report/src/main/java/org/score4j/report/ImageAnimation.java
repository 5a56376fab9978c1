package org.score4j.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.Sde;
import org.score4j.examples.Units;
import org.score4j.report.image.Animation;
import org.score4j.report.image.ImageGrid;
import org.score4j.report.picture.ImageFrame;

/**
 * Images on their way. Noised images are shown with the contrast of the clean ones:
 *
 * <pre>
 *   middle + (x_t - alpha middle) sd / sqrt(alpha^2 sd^2 + sigma^2).
 * </pre>
 *
 * @param request how to show them
 * @param sde the forward process
 * @param grid of the images
 * @param columns of the grid
 * @param deviation sd, of the clean images from the middle of the pixels' range
 * @param units of the data, in which images are shown; standardized ones have middle 0
 * @param parts one for each direction
 */
record ImageAnimation(
    AnimationRequest request,
    Sde sde,
    ImageGrid grid,
    int columns,
    double deviation,
    Units units,
    List<Part> parts)
    implements Animation {

  /**
   * A direction.
   *
   * @param name of it
   * @param ways a point for each frame
   * @param denoised for each frame the model's estimate of the clean images; none if not wanted
   */
  record Part(String name, Tracer.Ways ways, List<float[]> denoised) {}

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
    NoiseLevel level = sde.level(part.ways().times()[frame]);
    List<ImageFrame.Block> blocks = new ArrayList<>();
    blocks.add(new ImageFrame.Block("noised", shown(part.ways().states()[frame], level)));
    if (!part.denoised().isEmpty()) {
      blocks.add(
          new ImageFrame.Block(
              "the model's estimate of the clean", units.ofData(part.denoised().get(frame))));
    }
    return new ImageFrame(part.name(), Captions.noise(level), grid, columns, blocks)
        .draw(request.width());
  }

  private float[] shown(float[] states, NoiseLevel level) {
    PixelRange range = grid.range();
    double middle = units.standardization().isPresent() ? 0 : (range.low() + range.high()) / 2;
    double scale = deviation / Math.hypot(level.alpha() * deviation, level.sigma());
    float[] shown = new float[states.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = (float) (middle + (states[i] - level.alpha() * middle) * scale);
    }
    return units.ofData(shown);
  }
}

package org.score4j.report.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.score4j.DrawnSamples;

/** The picture beside a file of samples, which shows 400 images or 20,000 points at most. */
public final class SamplePicture {
  private static final int IMAGES_AT_MOST = 400;
  private static final int POINTS_AT_MOST = 20_000;

  private SamplePicture() {}

  static Path of(Path samples) {
    return samples.resolveSibling(
        samples.getFileName().toString().replaceFirst("safetensors$", "png"));
  }

  /** The picture; empty if there is none of such data, or it could not be drawn. */
  public static Optional<Path> of(DrawnSamples drawn) {
    return Optional.of(of(drawn.file())).filter(Files::isRegularFile);
  }

  /** How many samples it shows, which are the first. */
  public static int shown(DrawnSamples drawn) {
    int most = drawn.shape().numDimensions() == 1 ? POINTS_AT_MOST : IMAGES_AT_MOST;
    return Math.min(drawn.count(), most);
  }
}

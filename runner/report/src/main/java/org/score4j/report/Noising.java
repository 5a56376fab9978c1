package org.score4j.report;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.score4j.api.NoiseLevel;
import org.score4j.api.PixelRange;
import org.score4j.api.Sde;

/**
 * What a forward process makes of data, {@code (alpha x + sigma z) / sqrt(alpha^2 + sigma^2)} with
 * z of variance 1: scaled, as an exploding variance would leave any picture.
 *
 * @param sde the process
 * @param pixels of the data, whose middle is where x is 0; empty if they are no images
 */
record Noising(Sde sde, Optional<PixelRange> pixels) {
  private static final int LEVELS = 8;
  private static final long SEED = 1;

  /** Beyond this nothing is seen of the noise, or of the data. */
  private static final double SEEN = 6;

  /** Levels at equal distances of log-SNR, from hardly any noise to hardly anything else. */
  List<NoiseLevel> levels() {
    double first = Math.min(SEEN, sde.logSnr(sde.startTime()));
    double last = Math.max(-SEEN, sde.logSnr(sde.endTime()));
    return IntStream.range(0, LEVELS)
        .mapToObj(n -> sde.level(sde.timeAt(first + (last - first) * n / (LEVELS - 1))))
        .toList();
  }

  /** Data at a level, as they are to be shown; the same noise at every level. */
  float[] shown(float[] data, NoiseLevel level) {
    double middle = pixels.map(range -> (range.low() + range.high()) / 2).orElse(0.0);
    double size = Math.hypot(level.alpha(), level.sigma());
    var random = new SplittableRandom(SEED);
    float[] noised = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      double signal = level.alpha() * (data[i] - middle);
      noised[i] = (float) (middle + (signal + level.sigma() * random.nextGaussian()) / size);
    }
    return noised;
  }
}

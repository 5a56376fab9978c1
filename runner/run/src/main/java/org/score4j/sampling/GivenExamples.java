package org.score4j.sampling;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.folder.FileDigest;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

/**
 * Examples that a file holds, of the shape, pixels and classes of a run's own data: {@code x},
 * {@code x_nchw} or {@code samples}, and {@code labels}, as {@link ScoreRequest} reads them.
 *
 * <p>8-bit images are given as bytes, or as numbers in the range of the run's pixels, which are
 * rounded to the nearest byte. Samples, which may lie somewhat outside of the range, are clipped to
 * it as in pictures; anything else outside is refused.
 */
public final class GivenExamples implements Examples {
  private final Path path;
  private final ScoreRequest request;
  private final Examples own;
  private final String digest;

  private GivenExamples(Path path, ScoreRequest request, Examples own) {
    this.path = path;
    this.request = request;
    this.own = own;
    this.digest = FileDigest.sha256(path);
  }

  /**
   * Opens a file and checks every number in it.
   *
   * @param own the run's data
   * @throws BadInput if it does not hold examples like these
   */
  public static GivenExamples open(Path path, Examples own) {
    var request =
        ScoreRequest.open(path, own.shape(), own.classes(), Optional.empty(), own.pixels());
    var examples = new GivenExamples(path, request, own);
    for (long i = 0; i < request.batch(); i++) {
      request.labels(i, 1);
      examples.check(i, request.data(i, 1));
    }
    return examples;
  }

  private void check(long index, float[] values) {
    if (own.pixels().isEmpty() || request.samples()) {
      return;
    }
    PixelRange range = own.pixels().get();
    double halfByte = (range.high() - range.low()) / 255 / 2;
    for (float value : values) {
      if (value < range.low() - halfByte || value > range.high() + halfByte) {
        throw new BadInput(
            String.format(
                Locale.ROOT,
                "%s: example %d has a pixel of value %s, expected %s to %s as the run's images have,"
                    + " or bytes (U8)",
                path,
                index,
                value,
                range.low(),
                range.high()));
      }
    }
  }

  /** Largest distance of a pixel from the byte it is rounded to, in bytes; 0 if there are none. */
  public double largestRounding() {
    if (own.pixels().isEmpty()) {
      return 0;
    }
    PixelRange range = own.pixels().get();
    double largest = 0;
    for (long i = 0; i < request.batch(); i++) {
      for (float value : request.data(i, 1)) {
        double scaled = (value - range.low()) / (range.high() - range.low()) * 255;
        largest = Math.max(largest, Math.abs(scaled - range.toByte(value)));
      }
    }
    return largest;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(request.batch());
  }

  @Override
  public Shape shape() {
    return own.shape();
  }

  @Override
  public Optional<PixelRange> pixels() {
    return own.pixels();
  }

  @Override
  public int classes() {
    return own.classes();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    for (float value : request.data(index, 1)) {
      own.pixels()
          .ifPresentOrElse(
              range -> into.put((byte) range.toByte(value)), () -> into.putFloat(value));
    }
  }

  /** The class of an example; -1, any, if the file has none. */
  @Override
  public int label(long index) {
    return request.labels(index, 1)[0];
  }

  @Override
  public String fingerprint() {
    return digest;
  }
}

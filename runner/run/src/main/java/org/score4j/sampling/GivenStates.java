package org.score4j.sampling;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.Sde;
import org.score4j.folder.FileDigest;
import org.score4j.format.TensorFile;
import org.score4j.recipe.plugin.BadInput;

/**
 * States that samples start from, in a file: {@code x} [N, H, W, C] or [N, D], or {@code x_nchw}
 * [N, C, H, W], and {@code labels} [N] if the data have classes. They are x_T, states of the
 * forward process at its end time, of about the standard deviation of the prior: what {@code
 * encode} writes.
 */
public final class GivenStates {
  private static final double FAR = 2;
  private static final int ENOUGH = 100;

  private final Path path;
  private final ScoreRequest request;
  private final String digest;
  private final double rms;

  private GivenStates(Path path, ScoreRequest request) {
    this.path = path;
    this.request = request;
    this.digest = FileDigest.sha256(path);
    double squares = 0;
    long numbers = 0;
    for (long i = 0; i < request.batch(); i++) {
      request.labels(i, 1);
      for (float value : request.data(i, 1)) {
        squares += (double) value * value;
        numbers++;
      }
    }
    this.rms = numbers < ENOUGH ? Double.NaN : Math.sqrt(squares / numbers);
  }

  /**
   * Opens a file and checks every number in it.
   *
   * @param data of the run
   * @throws BadInput if it does not hold states of such data
   */
  static GivenStates open(Path path, Examples data) {
    var request = ScoreRequest.open(path, data.shape(), data.classes(), Optional.empty());
    if (request.samples()) {
      throw new BadInput(
          path
              + ": holds samples, which are data, expected x or x_nchw, states at the end time; encode"
              + " computes those of data");
    }
    return new GivenStates(path, request);
  }

  /**
   * How many states a file holds, before anything else is known of it.
   *
   * @throws BadInput if it has no tensor of states
   */
  public static int count(Path path) {
    TensorFile file = TensorFile.openSound(path);
    return ScoreRequest.DATA.stream()
        .filter(file::contains)
        .map(file::shape)
        .filter(shape -> shape.numDimensions() > 0 && shape.get(0) <= Integer.MAX_VALUE)
        .map(shape -> (int) shape.get(0))
        .filter(count -> count > 0)
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    path + ": holds no states, expected x [N, ...] or x_nchw [N, C, H, W]"));
  }

  /**
   * Checks that there are enough.
   *
   * @throws BadInput if fewer states are there than samples are wanted
   */
  public void checkCount(int wanted) {
    if (wanted > request.batch()) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "%s: holds %d states, but %d samples are wanted; leave --count out",
              path,
              request.batch(),
              wanted));
    }
  }

  /** What is odd about the scale of the states; empty if they look like draws from the prior. */
  public Optional<String> note(Sde sde) {
    double prior = sde.priorStandardDeviation();
    return rms > FAR * prior || rms < prior / FAR
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s: the states have a root mean square of %.3g, draws from the prior %.3g; states are"
                    + " x_T, with the scale of the noise included",
                path,
                rms,
                prior))
        : Optional.empty();
  }

  /**
   * Some states, row-major; a batch that is not full is filled up with its last state.
   *
   * @param first number of the first
   * @param batch how many are wanted
   */
  float[] states(long first, int batch) {
    int used = (int) Math.min(batch, request.batch() - first);
    float[] states = request.data(first, used);
    int size = states.length / used;
    float[] full = Arrays.copyOf(states, batch * size);
    for (int i = used; i < batch; i++) {
      System.arraycopy(states, (used - 1) * size, full, i * size, size);
    }
    return full;
  }

  /** Whether the file gives classes. */
  boolean labelled() {
    return request.labelled();
  }

  /** The class of a state, or of the last one for those beyond it; -1 for any. */
  int label(long number) {
    return request.labels(Math.min(number, request.batch() - 1), 1)[0];
  }

  /** The SHA-256 of the file. */
  String digest() {
    return digest;
  }
}

package org.score4j.runner.run;

import java.nio.file.Path;
import java.util.Map;
import org.score4j.engine.TensorStream;
import org.tensorflow.ndarray.Shape;

/**
 * A file of samples as the tensor {@code samples}, of shape [N, ...], with {@code labels} [N] if
 * the data have classes. Samples go to the disk as they come; the file appears once all are there.
 */
final class SampleFile implements Generator.Sink, AutoCloseable {
  /** What the file calls them. */
  static final String TENSOR = "samples";

  private final Path path;
  private final int[] labels;
  private final TensorStream stream;

  /**
   * Starts a file.
   *
   * @param metadata texts to be kept beside the samples
   * @param shape of all samples together: [N, ...]
   * @param labels the class that was asked for, of each; empty if the data have none
   */
  SampleFile(Path path, Map<String, String> metadata, Shape shape, int[] labels) {
    this.path = path;
    this.labels = labels;
    Map<String, Shape> classes =
        labels.length > 0 ? Map.of(ScoreRequest.LABELS, Shape.of(labels.length)) : Map.of();
    stream = new TensorStream(path, metadata, Map.of(TENSOR, shape), classes);
  }

  /**
   * Writes the next samples.
   *
   * @throws SamplingFailure if one is not finite
   */
  @Override
  public void take(float[] values, int count) {
    Generator.refuseNonFinite(values, count);
    stream.write(TENSOR, values);
  }

  /** Gives the file its name, which it returns. */
  Path finish() {
    if (labels.length > 0) {
      stream.write(ScoreRequest.LABELS, labels);
    }
    stream.finish();
    return path;
  }

  /** Leaves nothing of a file that is not {@link #finish finished}. */
  @Override
  public void close() {
    stream.close();
  }
}

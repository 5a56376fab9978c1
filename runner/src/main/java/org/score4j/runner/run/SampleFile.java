package org.score4j.runner.run;

import java.nio.file.Path;
import java.util.Map;
import org.score4j.engine.TensorStream;
import org.tensorflow.ndarray.Shape;

/**
 * A file of samples as the tensor {@code samples}, of shape [N, ...], with {@code labels} [N] if
 * the data have classes. Samples go to the disk as they come; the file appears once all are there.
 * Until then what there is waits beside it, for whoever goes on after an interruption.
 */
final class SampleFile implements Generator.Sink, AutoCloseable {
  /** What the file calls them. */
  static final String TENSOR = "samples";

  private final Path path;
  private final int samples;
  private final int size;
  private final int[] labels;
  private final TensorStream stream;

  /**
   * Starts a file, or opens what there is of it.
   *
   * @param metadata texts to be kept beside the samples
   * @param shape of all samples together: [N, ...]
   * @param labels the class that was asked for, of each; empty if the data have none
   */
  SampleFile(Path path, Map<String, String> metadata, Shape shape, int[] labels) {
    this.path = path;
    samples = Math.toIntExact(shape.get(0));
    size = Math.toIntExact(shape.tail().size());
    this.labels = labels;
    Map<String, Shape> classes =
        labels.length > 0 ? Map.of(ScoreRequest.LABELS, Shape.of(labels.length)) : Map.of();
    stream = TensorStream.resume(path, metadata, Map.of(TENSOR, shape), classes);
  }

  /**
   * Hands over the samples that an interrupted drawing left, in whole batches. The last batch is
   * dropped: there is always one left to draw, which tells what it took.
   *
   * @return number of samples handed over
   */
  int replay(int batch, Generator.Sink sink) {
    int batches = Math.min(count(), samples - 1) / batch;
    stream.rewind(TENSOR, (long) batches * batch * size);
    for (int b = 0; b < batches; b++) {
      sink.take(stream.read(TENSOR, (long) b * batch * size, batch * size), batch);
    }
    return batches * batch;
  }

  /**
   * Writes the next samples.
   *
   * @throws SamplingFailure if one is not finite; nothing is then left
   */
  @Override
  public void take(float[] values, int count) {
    try {
      Generator.refuseNonFinite(values, count);
    } catch (SamplingFailure e) {
      stream.close();
      throw e;
    }
    stream.write(TENSOR, values);
  }

  /** How many samples there are. */
  int count() {
    return Math.toIntExact(stream.written(TENSOR) / size);
  }

  /** Gives the file its name, which it returns. */
  Path finish() {
    if (labels.length > 0) {
      stream.write(ScoreRequest.LABELS, labels);
    }
    stream.finish();
    return path;
  }

  /** Leaves what there is of a file that is not {@link #finish finished}. */
  @Override
  public void close() {
    if (count() > 0) {
      stream.suspend();
    } else {
      stream.close();
    }
  }
}

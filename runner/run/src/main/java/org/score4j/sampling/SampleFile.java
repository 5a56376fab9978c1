package org.score4j.sampling;

import java.nio.file.Path;
import java.util.Map;
import org.score4j.format.TensorStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/**
 * A file of samples as the tensor {@code samples}, of shape [N, ...], with {@code labels} [N] if
 * the model was given classes. Samples go to the disk as they come; the file appears once all are
 * there. Until then what there is waits beside it, for whoever goes on after an interruption.
 */
public final class SampleFile implements Generator.Sink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleFile.class);

  /** What the file calls them. */
  public static final String TENSOR = "samples";

  private final Path path;
  private final int size;
  private final int[] labels;
  private final int batch;
  private final int before;
  private final TensorStream stream;

  /**
   * Starts a file, or goes on with the whole batches that an interrupted drawing of the same
   * samples left. The last batch is always drawn anew: it tells what it took.
   *
   * @param metadata texts to be kept beside the samples
   * @param shape of all samples together: [N, ...]
   * @param labels the class that the model was given for each; empty if it was given none
   * @param batch how many samples come at once
   */
  SampleFile(Path path, Map<String, String> metadata, Shape shape, int[] labels, int batch) {
    this.path = path;
    this.size = Math.toIntExact(shape.tail().size());
    this.labels = labels;
    this.batch = batch;
    stream = TensorStream.resume(path, metadata, Map.of(TENSOR, shape), classes(labels));
    before = Math.min(count(), Math.toIntExact(shape.get(0)) - 1) / batch * batch;
    stream.rewind(TENSOR, (long) before * size);
    if (stream.isDamaged()) {
      LOG.warn(
          "{}: what an interrupted drawing left is damaged; samples from {} on are drawn again",
          path,
          before);
    }
  }

  private static Map<String, Shape> classes(int[] labels) {
    return labels.length > 0 ? Map.of(ScoreRequest.LABELS, Shape.of(labels.length)) : Map.of();
  }

  /** Whether an interrupted drawing left other samples there. */
  static boolean isOfAnother(Path path, Map<String, String> metadata, Shape shape, int[] labels) {
    return TensorStream.isOfAnother(path, metadata, Map.of(TENSOR, shape), classes(labels));
  }

  /** Number of samples that were there from the start. */
  public int before() {
    return before;
  }

  /** Hands these over, batch by batch. */
  public void replay(Generator.Sink sink) {
    for (int first = 0; first < before; first += batch) {
      sink.take(stream.read(TENSOR, (long) first * size, batch * size), batch);
    }
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
    stream.force();
  }

  /** How many samples there are. */
  public int count() {
    return Math.toIntExact(stream.written(TENSOR) / size);
  }

  /** Gives the file its name, which it returns. */
  public Path finish() {
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

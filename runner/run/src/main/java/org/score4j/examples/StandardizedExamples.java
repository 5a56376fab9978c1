package org.score4j.examples;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.tensorflow.ndarray.Shape;

/** Float32 examples in a model's units. Their fingerprint is that of the data as they are. */
final class StandardizedExamples implements Examples {
  private final Examples data;
  private final Standardization standardization;
  private final double[] mean;
  private final double[] deviation;

  StandardizedExamples(Examples data, Standardization standardization) {
    this.data = data;
    this.standardization = standardization;
    mean = standardization.mean().stream().mapToDouble(Double::doubleValue).toArray();
    deviation = standardization.deviation().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    int first = into.position();
    data.read(index, into);
    int count = (into.position() - first) / Float.BYTES;
    for (int i = 0; i < count; i++) {
      int at = first + i * Float.BYTES;
      int column = i % mean.length;
      into.putFloat(at, (float) ((into.getFloat(at) - mean[column]) / deviation[column]));
    }
  }

  @Override
  public Optional<Standardization> standardization() {
    return Optional.of(standardization);
  }

  @Override
  public List<String> warnings() {
    return data.warnings();
  }

  @Override
  public OptionalLong size() {
    return data.size();
  }

  @Override
  public Shape shape() {
    return data.shape();
  }

  @Override
  public Optional<PixelRange> pixels() {
    return data.pixels();
  }

  @Override
  public int classes() {
    return data.classes();
  }

  @Override
  public int label(long index) {
    return data.label(index);
  }

  @Override
  public List<String> classNames() {
    return data.classNames();
  }

  @Override
  public double[] classShares() {
    return data.classShares();
  }

  @Override
  public String fingerprint() {
    return data.fingerprint();
  }

  @Override
  public void close() {
    data.close();
  }
}

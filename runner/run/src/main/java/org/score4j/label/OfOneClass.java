package org.score4j.label;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.tensorflow.ndarray.Shape;

/** The examples of one class among labelled data with an end, in their order. */
public final class OfOneClass implements Examples {
  private final Examples all;
  private final int label;
  private long[] numbers = {};

  /**
   * Looks for none yet.
   *
   * @param all stay open
   * @param label the class; of one that does not exist there are no examples
   */
  public OfOneClass(Examples all, int label) {
    this.all = all;
    this.label = label;
  }

  /** By the shares, which are known where the data themselves may be missing. */
  @Override
  public OptionalLong size() {
    boolean known = label >= 0 && label < all.classes();
    double share = known ? all.classShares()[label] : 0;
    return OptionalLong.of(Math.round(share * all.size().orElseThrow()));
  }

  private synchronized long number(long index) {
    if (numbers.length == 0) {
      numbers =
          LongStream.range(0, all.size().orElseThrow())
              .filter(number -> all.label(number) == label)
              .toArray();
    }
    return numbers[Objects.checkIndex(Math.toIntExact(index), numbers.length)];
  }

  @Override
  public Shape shape() {
    return all.shape();
  }

  @Override
  public Optional<PixelRange> pixels() {
    return all.pixels();
  }

  @Override
  public int classes() {
    return all.classes();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    all.read(number(index), into);
  }

  @Override
  public int label(long index) {
    return label;
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public double[] classShares() {
    double[] shares = new double[classes()];
    Arrays.setAll(shares, c -> c == label ? 1 : 0);
    return shares;
  }

  @Override
  public Optional<Standardization> standardization() {
    return all.standardization();
  }

  @Override
  public String fingerprint() {
    return all.fingerprint() + ", class " + label;
  }
}

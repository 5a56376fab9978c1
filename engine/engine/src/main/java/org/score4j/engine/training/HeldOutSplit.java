package org.score4j.engine.training;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.score4j.engine.random.Hashing;
import org.tensorflow.ndarray.Shape;

/**
 * Sets a share of a data set aside. Which examples these are depends on the share and the size
 * alone, so that runs of other seeds can be compared. A density without end loses nothing: what is
 * set aside are examples so far on that training does not reach them.
 *
 * @param all the data, which stay open for both parts and are closed by their owner
 * @param share in (0, 1); at least one example goes to each part
 */
public record HeldOutSplit(Examples all, double share) {
  private static final long BEYOND_TRAINING = 1L << 41;
  private static final long SEED = Hashing.of("held-out split");

  /** The examples to train on. */
  public Examples training() {
    if (all.size().isEmpty()) {
      return new Part(all, OptionalLong.empty(), n -> n, "training");
    }
    ExampleOrder order = new ExampleOrder(SEED, all.size().getAsLong());
    long first = heldOutCount();
    long count = all.size().getAsLong() - first;
    return new Part(all, OptionalLong.of(count), n -> order.at(first + n), name("training"));
  }

  /** The examples set aside. */
  public Examples heldOut() {
    if (all.size().isEmpty()) {
      return new Part(all, OptionalLong.empty(), n -> BEYOND_TRAINING + n, "held out");
    }
    ExampleOrder order = new ExampleOrder(SEED, all.size().getAsLong());
    return new Part(all, OptionalLong.of(heldOutCount()), order::at, name("held out"));
  }

  private long heldOutCount() {
    long size = all.size().getAsLong();
    return Math.max(1, Math.min(size - 1, Math.round(share * size)));
  }

  private String name(String part) {
    return part + " of a split by " + share;
  }

  private record Part(Examples all, OptionalLong size, LongUnaryOperator index, String name)
      implements Examples {
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
    public Optional<Standardization> standardization() {
      return all.standardization();
    }

    @Override
    public List<String> classNames() {
      return all.classNames();
    }

    @Override
    public double[] classShares() {
      return size.isEmpty() ? all.classShares() : Examples.super.classShares();
    }

    @Override
    public void read(long number, ByteBuffer into) {
      all.read(index.applyAsLong(number), into);
    }

    @Override
    public int label(long number) {
      return all.label(index.applyAsLong(number));
    }

    @Override
    public String fingerprint() {
      return all.fingerprint() + " " + name;
    }
  }
}

package org.score4j.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Standardization;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * One part of any data set, divided once and for all into a training part and one that is held out.
 *
 * <p>Of N examples {@code H = round(share N)} are held out, spread evenly or the last.
 *
 * <p>By default that is every fifth: 2,000 of the 10,000 images that come with {@code
 * fashion-mnist}.
 *
 * @param of the whole, which must have an end
 * @param part which part; the training part by default
 * @param share of the whole that is held out, between 0 and 1; 0.2 by default
 * @param division which examples those are; spread evenly by default
 */
@PluginName("subset")
public record Subset(@Required Dataset of, Part part, double share, Division division)
    implements Dataset {

  /** The training part of four fifths of Fashion-MNIST's test images. */
  public Subset() {
    this(new FashionMnist(), Part.TRAINING, 0.2, Division.EVEN);
  }

  /** Checks the components. */
  public Subset {
    Validation.begin()
        .rule(share > 0 && share < 1, "share", share, "must lie between 0 and 1, both excluded")
        .end();
  }

  @Override
  public Examples open() {
    Examples whole = of.open();
    try {
      long size = whole.size().orElseThrow(() -> fault("of", of, "must be data with an end"));
      long heldOut = Math.round(share * size);
      if (heldOut < 1 || heldOut >= size) {
        throw fault(
            "share",
            share,
            "must leave examples in both parts; it holds out " + heldOut + " of " + size);
      }
      return new Divided(whole, part, division, size, heldOut);
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private static InvalidValueException fault(String component, Object found, String rule) {
    return new InvalidValueException(component, found, rule);
  }

  /** The examples of a part, in the order of the whole. */
  private static final class Divided implements Examples {
    private final Examples whole;
    private final Part part;
    private final Division division;
    private final long all;
    private final long heldOut;
    private final CountedShares shares;

    Divided(Examples whole, Part part, Division division, long all, long heldOut) {
      this.whole = whole;
      this.part = part;
      this.division = division;
      this.all = all;
      this.heldOut = heldOut;
      this.shares = new CountedShares(whole.classes(), count(), this::label);
    }

    private long count() {
      return part == Part.HELD_OUT ? heldOut : all - heldOut;
    }

    /** The number, in the whole, of an example of the part. */
    private long inWhole(long index) {
      Objects.checkIndex(index, count());
      return part == Part.HELD_OUT
          ? division.heldOut(index, all, heldOut)
          : division.training(index, all, heldOut);
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(count());
    }

    @Override
    public Shape shape() {
      return whole.shape();
    }

    @Override
    public Optional<PixelRange> pixels() {
      return whole.pixels();
    }

    @Override
    public int classes() {
      return whole.classes();
    }

    @Override
    public Optional<Standardization> standardization() {
      return whole.standardization();
    }

    @Override
    public List<String> warnings() {
      return whole.warnings();
    }

    @Override
    public List<String> classNames() {
      return whole.classNames();
    }

    @Override
    public double[] classShares() {
      return shares.get();
    }

    @Override
    public void read(long index, ByteBuffer into) {
      whole.read(inWhole(index), into);
    }

    @Override
    public int label(long index) {
      return whole.label(inWhole(index));
    }

    @Override
    public String fingerprint() {
      return new Fingerprint("subset")
          .with(whole.fingerprint())
          .with(part.ordinal())
          .with(division.ordinal())
          .with(heldOut)
          .hex();
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}

package org.score4j.folder;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.score4j.recipe.plugin.BadInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.ndarray.Shape;

/**
 * The data of a run as its manifest describes them, which are opened when an example is first read:
 * whatever needs none works without the data.
 */
public final class RunData implements Examples {
  private static final Logger LOG = LoggerFactory.getLogger(RunData.class);

  private final DataDescription described;
  private final Supplier<Examples> opener;
  private Optional<Examples> opened = Optional.empty();

  /**
   * Data that are not opened yet.
   *
   * @param opener opens them, or throws a {@link BadInput} that says how to name them
   */
  RunData(DataDescription described, Supplier<Examples> opener) {
    this.described = described;
    this.opener = opener;
  }

  /**
   * Opens the data, unless they are.
   *
   * @throws BadInput if they cannot be found, or are no longer of the kind and number described
   */
  private synchronized Examples data() {
    if (opened.isEmpty()) {
      Examples found = opener.get();
      try {
        check(found);
      } catch (RuntimeException e) {
        found.close();
        throw e;
      }
      opened = Optional.of(found);
    }
    return opened.get();
  }

  private void check(Examples found) {
    if (found.fingerprint().equals(described.fingerprint())) {
      return;
    }
    boolean alike =
        DataKind.of(found).equals(described.kind()) && found.classes() == described.classes();
    long least = described.size().orElse(0);
    if (!alike || found.size().orElse(Long.MAX_VALUE) < least) {
      throw new BadInput(
          "the data are no longer those of the run, "
              + described.count()
              + ": "
              + described
              + ", but "
              + DataDescription.of(found).count()
              + ": "
              + DataDescription.of(found)
              + "; name the run's data with --set data.path=..., or these to use them as they are");
    }
    LOG.warn(
        "the data have changed since the run was trained (another fingerprint): {} now, {} then",
        DataDescription.of(found).count(),
        described.count());
  }

  @Override
  public OptionalLong size() {
    return described.size();
  }

  @Override
  public Shape shape() {
    return described.kind().shape();
  }

  @Override
  public Optional<PixelRange> pixels() {
    return described.kind().pixels();
  }

  @Override
  public int classes() {
    return described.classes();
  }

  @Override
  public List<String> classNames() {
    return described.classNames();
  }

  @Override
  public double[] classShares() {
    return described.classShares().stream().mapToDouble(share -> share).toArray();
  }

  @Override
  public Optional<Standardization> standardization() {
    return described.standardization();
  }

  @Override
  public String fingerprint() {
    return described.fingerprint();
  }

  @Override
  public void read(long index, ByteBuffer into) {
    data().read(index, into);
  }

  @Override
  public int label(long index) {
    return data().label(index);
  }

  @Override
  public synchronized void close() {
    opened.ifPresent(Examples::close);
  }
}

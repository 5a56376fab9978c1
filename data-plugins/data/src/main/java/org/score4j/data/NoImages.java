package org.score4j.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;
import org.tensorflow.ndarray.Shape;

/**
 * Images [height, width, channels] of which there are none: for a network that was trained
 * elsewhere. Samples can be drawn, as that takes only their shape; training and metrics end with a
 * word that there is nothing to read.
 *
 * @param height of an image, from 1 to 4096
 * @param width of an image, from 1 to 4096
 * @param channels from 1 to 4096
 * @param centered whether pixels lie in [-1, 1] rather than [0, 1]
 * @param classes number of classes that the network takes, up to 1048576; 0 if none
 */
@PluginName("no-images")
public record NoImages(int height, int width, int channels, boolean centered, int classes)
    implements Dataset {
  private static final int LARGEST = 4096;
  private static final int MOST_CLASSES = 1 << 20;

  /** Colour images of 32 x 32 in [-1, 1]. */
  public NoImages() {
    this(32, 32, 3, true, 0);
  }

  /** Checks the components. */
  public NoImages {
    Validation.begin()
        .between("height", height, 1, LARGEST)
        .between("width", width, 1, LARGEST)
        .between("channels", channels, 1, LARGEST)
        .between("classes", classes, 0, MOST_CLASSES)
        .end();
  }

  @Override
  public Examples open() {
    return new Absent(
        Shape.of(height, width, channels),
        centered ? PixelRange.CENTERED : PixelRange.UNIT,
        classes);
  }

  private record Absent(Shape shape, PixelRange range, int classes) implements Examples {
    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(range);
    }

    @Override
    public int label(long index) {
      if (classes == 0) {
        return Examples.super.label(index);
      }
      throw absent();
    }

    @Override
    public void read(long index, ByteBuffer into) {
      throw absent();
    }

    private static InvalidValueException absent() {
      return new InvalidValueException(
          "type", "no-images", "must be data with images, for training and for metrics");
    }

    @Override
    public String fingerprint() {
      Fingerprint fingerprint = new Fingerprint("no-images").with(range.low());
      for (long extent : shape.asArray()) {
        fingerprint.with(extent);
      }
      if (classes > 0) {
        fingerprint.with(classes);
      }
      return fingerprint.hex();
    }
  }
}

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
 */
@PluginName("no-images")
public record NoImages(int height, int width, int channels, boolean centered) implements Dataset {
  private static final int LARGEST = 4096;

  /** Colour images of 32 x 32 in [-1, 1]. */
  public NoImages() {
    this(32, 32, 3, true);
  }

  /** Checks the components. */
  public NoImages {
    Validation.begin()
        .between("height", height, 1, LARGEST)
        .between("width", width, 1, LARGEST)
        .between("channels", channels, 1, LARGEST)
        .end();
  }

  @Override
  public Examples open() {
    return new Absent(
        Shape.of(height, width, channels), centered ? PixelRange.CENTERED : PixelRange.UNIT);
  }

  private record Absent(Shape shape, PixelRange range) implements Examples {
    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(range);
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      throw new InvalidValueException(
          "type", "no-images", "must be data with images, for training and for metrics");
    }

    @Override
    public String fingerprint() {
      Fingerprint fingerprint = new Fingerprint("no-images").with(range.low());
      for (long extent : shape.asArray()) {
        fingerprint.with(extent);
      }
      return fingerprint.hex();
    }
  }
}

package org.score4j.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.format.FileFault;
import org.tensorflow.ndarray.Shape;

/**
 * A TensorFlow graph with its weights as constants, such as Inception: a {@code GraphDef} that
 * takes images [B, H, W, C] of any B. It resizes them itself, or takes those of the data as they
 * are.
 *
 * @param path the {@code .pb} file
 * @param input name of the tensor that the images become; {@code "x"} by default
 * @param features that of the last hidden layer, [B, D] or [B, 1, 1, D]; {@code "features"}
 * @param logits that of the class scores, [B, classes]; {@code "logits"}
 * @param low what the network takes for byte 0; 0 by default
 * @param high what it takes for byte 255; 255 by default
 * @param channels how many it takes; 3 by default, to which a single one is repeated
 */
@PluginName("frozen-graph")
public record FrozenGraph(
    @Required Path path,
    String input,
    String features,
    String logits,
    double low,
    double high,
    int channels)
    implements FeatureExtractor {
  /** A protocol buffer cannot be larger. */
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  /** Names as score4j's own, pixels from 0 to 255 of three channels. */
  public FrozenGraph() {
    this(Path.of("inception.pb"), "x", "features", "logits", 0, 255, 3);
  }

  /** Checks the components. */
  public FrozenGraph {
    Validation.begin()
        .rule(high > low, "high", high, "must exceed low, " + low)
        .within("channels", channels, 1, 1 << 16)
        .end();
  }

  @Override
  public Extraction open(Shape example, PixelRange pixels) {
    return GraphExtraction.of(
        bytes(),
        new ImageEncoding(example, pixels, new PixelRange(low, high), channels),
        new GraphExtraction.Names(input, features, logits),
        (key, rule) -> new InvalidValueException(key, value(key), rule));
  }

  private byte[] bytes() {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
        throw new InvalidValueException(
            "path", path, "must be the file of a frozen graph, of at most 2 GiB");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new InvalidValueException(
          "path", path, "must be a file that can be read: " + FileFault.reason(e));
    }
  }

  private Object value(String key) {
    return switch (key) {
      case "input" -> input;
      case "features" -> features;
      case "logits" -> logits;
      default -> path;
    };
  }
}

package org.score4j.metric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.score4j.api.FeatureExtractor;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A TensorFlow SavedModel, such as Inception, a signature of which takes images [B, H, W, C].
 *
 * @param path its folder, which holds {@code saved_model.pb}
 * @param signature which one; {@code "serving_default"} by default
 * @param input name of its input; {@code "x"} by default
 * @param features that of the output with the last hidden layer, [B, D]; {@code "features"}
 * @param logits that of the output with the class scores, [B, classes]; {@code "logits"}
 * @param low what the network takes for byte 0; 0 by default
 * @param high what it takes for byte 255; 255 by default
 * @param channels how many it takes; 3 by default, to which a single one is repeated
 */
@PluginName("saved-model")
public record SavedGraph(
    @Required Path path,
    String signature,
    String input,
    String features,
    String logits,
    double low,
    double high,
    int channels)
    implements FeatureExtractor {

  /** The signature to serve, pixels from 0 to 255 of three channels. */
  public SavedGraph() {
    this(Path.of("inception"), "serving_default", "x", "features", "logits", 0, 255, 3);
  }

  /** Checks the components. */
  public SavedGraph {
    Validation.begin()
        .rule(high > low, "high", high, "must exceed low, " + low)
        .atLeast("channels", channels, 1)
        .end();
  }

  @Override
  public Extraction open(Shape example, PixelRange pixels) {
    if (!Files.isRegularFile(path.resolve("saved_model.pb"))) {
      throw new InvalidValueException("path", path, "must be a folder with a saved_model.pb");
    }
    var encoding = new ImageEncoding(example, pixels, new PixelRange(low, high), channels);
    SavedModelBundle bundle = SavedModelBundle.load(path.toString(), "serve");
    try {
      SignatureDef found = bundle.metaGraphDef().getSignatureDefMap().get(signature);
      if (found == null) {
        throw new InvalidValueException(
            "signature",
            signature,
            "must be one of " + bundle.metaGraphDef().getSignatureDefMap().keySet());
      }
      var names =
          new GraphExtraction.Names(
              tensor(found.getInputsMap(), "input", input),
              tensor(found.getOutputsMap(), "features", features),
              tensor(found.getOutputsMap(), "logits", logits));
      return new GraphExtraction(
          bundle.session(),
          bundle,
          encoding,
          names,
          GraphExtraction.digest(content(), encoding, names));
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private static String tensor(Map<String, TensorInfo> known, String key, String name) {
    if (!known.containsKey(name)) {
      throw new InvalidValueException(key, name, "must be one of " + known.keySet());
    }
    return known.get(name).getName();
  }

  /** Names, lengths and times of the files that hold its weights. */
  private byte[] content() {
    try (Stream<Path> files = Files.walk(path)) {
      var content = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        content.append(path.relativize(file)).append(' ').append(Files.size(file)).append(' ');
        content.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
      }
      return content.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}

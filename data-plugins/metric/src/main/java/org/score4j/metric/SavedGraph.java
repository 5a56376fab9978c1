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
import org.score4j.format.FileFault;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
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
  private static final String TAG = "serve";

  /** The signature to serve, pixels from 0 to 255 of three channels. */
  public SavedGraph() {
    this(Path.of("inception"), "serving_default", "x", "features", "logits", 0, 255, 3);
  }

  /** Checks the components. */
  public SavedGraph {
    Validation.begin()
        .rule(high > low, "high", high, "must exceed low, " + low)
        .within("channels", channels, 1, 1 << 16)
        .end();
  }

  @Override
  public Extraction open(Shape example, PixelRange pixels) {
    GraphFault fault = (key, rule) -> new InvalidValueException(key, value(key), rule);
    var encoding = new ImageEncoding(example, pixels, new PixelRange(low, high), channels);
    MetaGraphDef meta = meta(fault);
    SignatureDef found = meta.getSignatureDefMap().get(signature);
    if (found == null) {
      throw fault.of("signature", "must be one of " + meta.getSignatureDefMap().keySet());
    }
    var names =
        new GraphExtraction.Names(
            tensor(found.getInputsMap(), "input", input),
            tensor(found.getOutputsMap(), "features", features),
            tensor(found.getOutputsMap(), "logits", logits));
    String fingerprint = GraphExtraction.digest(content(), encoding, names);
    SavedModelBundle bundle = load(fault);
    return GraphExtraction.opened(
        bundle.graph(), bundle.session(), bundle, encoding, names, fault, fingerprint);
  }

  /** The graph to serve, after a look at what loading it would run. */
  private MetaGraphDef meta(GraphFault fault) {
    Path file = path.resolve("saved_model.pb");
    if (!Files.isRegularFile(file)) {
      throw fault.of("path", "must be a folder with a saved_model.pb");
    }
    try {
      MetaGraphDef meta =
          SavedModel.parseFrom(Files.readAllBytes(file)).getMetaGraphsList().stream()
              .filter(each -> each.getMetaInfoDef().getTagsList().contains(TAG))
              .findFirst()
              .orElseThrow(
                  () ->
                      fault.of(
                          "path",
                          "must hold a graph with the tag \"serve\"; its saved_model.pb is another"
                              + " file, was cut short, or was saved for training"));
      SavedCheck.forbidden(meta)
          .ifPresent(
              operation -> {
                throw fault.of("path", GraphExtraction.forbidden(operation));
              });
      return meta;
    } catch (InvalidValueException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw fault.of("path", e.getMessage());
    } catch (IOException e) {
      throw fault.of("path", "must hold a saved_model.pb that can be read: " + e.getMessage());
    }
  }

  private SavedModelBundle load(GraphFault fault) {
    try {
      return SavedModelBundle.load(path.toString(), TAG);
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw GraphExtraction.unloadable(e, fault);
    }
  }

  private Object value(String key) {
    return switch (key) {
      case "signature" -> signature;
      case "input" -> input;
      case "features" -> features;
      case "logits" -> logits;
      default -> path;
    };
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
      throw new UncheckedIOException("cannot read " + path + ": " + FileFault.reason(e), e);
    }
  }
}

package org.score4j.folder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run has to know of data that it does not read: enough to draw samples, to score, to
 * export, on a machine where the data are not.
 *
 * @param kind shape, and range of pixels
 * @param classes number of classes; 0 if there are none
 * @param classNames names of the classes; empty if they have none
 * @param classShares share of the examples that each class has, [classes]
 * @param size number of examples; empty for a density
 * @param standardization already applied to float32 examples; empty if none is
 * @param fingerprint of the data
 */
public record DataDescription(
    DataKind kind,
    int classes,
    List<String> classNames,
    List<Double> classShares,
    OptionalLong size,
    Optional<Standardization> standardization,
    String fingerprint) {

  /** Describes opened data. */
  public static DataDescription of(Examples examples) {
    return new DataDescription(
        DataKind.of(examples),
        examples.classes(),
        examples.classNames(),
        Arrays.stream(examples.classShares()).boxed().toList(),
        examples.size(),
        examples.standardization(),
        examples.fingerprint());
  }

  /** The description as a manifest holds it. */
  ObjectNode json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    var shape = json.putArray("shape");
    Arrays.stream(kind.shape().asArray()).forEach(shape::add);
    kind.pixels()
        .ifPresent(
            range -> json.putObject("pixels").put("low", range.low()).put("high", range.high()));
    size.ifPresent(count -> json.put("size", count));
    json.put("classes", classes);
    if (!classNames.isEmpty()) {
      classNames.forEach(json.putArray("classNames")::add);
    }
    if (classes > 0) {
      classShares.forEach(json.putArray("classShares")::add);
    }
    standardization.ifPresent(
        units -> {
          ObjectNode node = json.putObject("standardization");
          units.mean().forEach(node.putArray("mean")::add);
          units.deviation().forEach(node.putArray("deviation")::add);
        });
    return json.put("fingerprint", fingerprint);
  }

  /**
   * Reads a description.
   *
   * @return empty if it is missing, as from earlier versions, or not one
   */
  static Optional<DataDescription> from(JsonNode json) {
    JsonNode shape = json.path("shape");
    boolean described =
        shape.isArray()
            && shape
                .valueStream()
                .allMatch(extent -> extent.canConvertToLong() && extent.isNumber())
            && json.path("classes").isInt()
            && json.path("fingerprint").isString();
    if (!described) {
      return Optional.empty();
    }
    List<Double> shares = doubles(json.path("classShares"));
    int classes = json.path("classes").asInt();
    if (classes < 0 || shares.size() != classes) {
      return Optional.empty();
    }
    JsonNode pixels = json.path("pixels");
    JsonNode units = json.path("standardization");
    return Optional.of(
        new DataDescription(
            new DataKind(
                Shape.of(shape.valueStream().mapToLong(JsonNode::asLong).toArray()),
                pixels.isObject()
                    ? Optional.of(
                        new PixelRange(
                            pixels.path("low").asDouble(0), pixels.path("high").asDouble(1)))
                    : Optional.empty()),
            classes,
            json.path("classNames").valueStream().map(name -> name.asString("")).toList(),
            shares,
            json.path("size").isIntegralNumber()
                ? OptionalLong.of(json.path("size").asLong())
                : OptionalLong.empty(),
            units.isObject()
                ? Optional.of(
                    new Standardization(
                        doubles(units.path("mean")), doubles(units.path("deviation"))))
                : Optional.empty(),
            json.path("fingerprint").asString()));
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.valueStream().forEach(value -> values.add(value.asDouble(Double.NaN)));
    return values;
  }

  /** The same data in their own units. */
  DataDescription notStandardized() {
    return new DataDescription(
        kind, classes, classNames, classShares, size, Optional.empty(), fingerprint);
  }

  /** Whether a network of data like these can be trained on others. */
  boolean isLike(DataDescription other) {
    return kind.equals(other.kind) && classes == other.classes;
  }

  /** How many examples there are, in words. */
  String count() {
    return size.isPresent() ? size.getAsLong() + " examples" : "any number of examples";
  }

  @Override
  public String toString() {
    return kind + (classes > 0 ? ", " + classes + " classes" : "");
  }
}

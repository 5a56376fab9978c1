package org.score4j.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.plugin.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes records as the JSON that a recipe would give them by: every key, plugins by name, paths
 * absolute. Read again, it makes an equal record.
 */
public final class RecipeWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final PluginCatalogue catalogue;

  /** A writer that finds the names of plugins in a catalogue. */
  public RecipeWriter(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A recipe with every key; it can be added to, for example by {@code provenance}. */
  public ObjectNode json(Recipe recipe) {
    return object(recipe);
  }

  /** JSON indented for people. */
  public static String pretty(JsonNode json) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  /** JSON on one line for people, as in {@code {"type": "karras", "rho": 7.0}}. */
  public static String inline(JsonNode json) {
    if (json.isObject()) {
      return json.propertyStream()
          .map(key -> NODES.stringNode(key.getKey()) + ": " + inline(key.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return json.isArray()
        ? json.valueStream().map(RecipeWriter::inline).collect(Collectors.joining(", ", "[", "]"))
        : json.toString();
  }

  /**
   * A value as a recipe would give it; empty for what no recipe can say: an absent value, and a
   * number that is not finite, which can only be a default.
   */
  public Optional<JsonNode> value(KeyType type, Object value) {
    if (type instanceof KeyType.Scalar scalar) {
      return scalar(scalar, value);
    }
    if (type instanceof KeyType.Choice) {
      return Optional.of(NODES.stringNode(KeyType.Choice.name(value)));
    }
    if (type instanceof KeyType.Plugin plugin) {
      return Optional.of(plugin(plugin.service(), value));
    }
    if (type instanceof KeyType.Maybe maybe) {
      return ((Optional<?>) value).flatMap(present -> value(maybe.element(), present));
    }
    if (type instanceof KeyType.ListOf list) {
      ArrayNode array = NODES.arrayNode();
      ((List<?>) value).forEach(item -> value(list.element(), item).ifPresent(array::add));
      return Optional.of(array);
    }
    return Optional.of(object((Record) value));
  }

  private static Optional<JsonNode> scalar(KeyType.Scalar type, Object value) {
    return switch (type) {
      case NUMBER -> Optional.of((Double) value).filter(Double::isFinite).map(NODES::numberNode);
      case INTEGER -> Optional.of(NODES.numberNode((int) (Integer) value));
      case LONG -> Optional.of(NODES.numberNode((long) (Long) value));
      case TRUTH -> Optional.of(NODES.booleanNode((Boolean) value));
      case TEXT -> Optional.of(NODES.stringNode((String) value));
      case PATH -> Optional.of(NODES.stringNode(((Path) value).toString()));
      case LABELS -> Optional.of(labels((LabelChoice) value));
    };
  }

  private static JsonNode labels(LabelChoice choice) {
    if (choice instanceof LabelChoice.Shares shares) {
      return NODES.stringNode(KeyType.Choice.name(shares));
    }
    ArrayNode array = NODES.arrayNode();
    for (ClassLabel label : ((LabelChoice.Cycle) choice).labels()) {
      if (label instanceof ClassLabel.Number number) {
        array.add(number.number());
      } else {
        array.add(((ClassLabel.Name) label).name());
      }
    }
    return array;
  }

  /**
   * A plugin by its name and keys.
   *
   * @throws IllegalArgumentException if the catalogue does not have it
   */
  ObjectNode plugin(Service service, Object value) {
    PluginEntry entry =
        Optional.of(value)
            .filter(Record.class::isInstance)
            .flatMap(plugin -> catalogue.find(service, (Record) plugin))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        value.getClass().getName() + " is " + service.one() + " without a name"));
    ObjectNode object = NODES.objectNode();
    object.put("type", entry.name());
    object.setAll(object((Record) value));
    return object;
  }

  private ObjectNode object(Record record) {
    ObjectNode object = NODES.objectNode();
    for (var component : record.getClass().getRecordComponents()) {
      KeyType type = KeyType.of(component.getGenericType()).orElseThrow();
      value(type, Keys.read(record, component.getName()))
          .ifPresent(json -> object.set(component.getName(), json));
    }
    return object;
  }
}

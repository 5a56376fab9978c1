package org.score4j.recipe.schema;

import java.util.Optional;
import org.score4j.recipe.PluginNames;
import org.score4j.recipe.PresetKey;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.Description;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.PluginEntry;
import org.score4j.recipe.plugin.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the recipes that a catalogue's plugins allow, for editors that complete and check keys
 * (JSON Schema, draft 2020-12).
 *
 * <p>It knows keys, types, choices, presets and defaults, and what the Javadoc says of them, ranges
 * among it. Ranges, and rules between keys, are checked by the plugins themselves: {@code runner
 * validate} tells those.
 */
public final class RecipeSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final PluginCatalogue catalogue;
  private final RecipeWriter writer;
  private final ObjectNode definitions = NODES.objectNode();

  private RecipeSchema(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
    this.writer = new RecipeWriter(catalogue);
  }

  /** The schema; the same for the same plugins, whatever the machine. */
  public static ObjectNode of(PluginCatalogue catalogue) {
    return new RecipeSchema(catalogue).recipe();
  }

  private ObjectNode recipe() {
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", DIALECT);
    schema.put("title", "A recipe of score4j");
    ObjectNode recipe = object(KeyDescription.keys(Recipe.class));
    // A recipe without a name is called after its file; the reader passes over the other two.
    recipe.withArray("required").removeIf(key -> key.asString().equals("name"));
    ObjectNode properties = recipe.withObject("properties");
    properties.set("$schema", NODES.objectNode().put("type", "string"));
    properties.set("provenance", NODES.objectNode().put("type", "object"));
    schema.setAll(recipe);
    for (Service service : Service.values()) {
      definitions.set(name(service), service(service));
    }
    catalogue
        .entries()
        .forEach(entry -> definitions.set(name(entry.service(), entry.name()), plugin(entry)));
    schema.set("$defs", definitions);
    return schema;
  }

  /** Any plugin of a service: its name alone, or an object with keys. */
  private ObjectNode service(Service service) {
    ObjectNode schema = NODES.objectNode();
    var choices = schema.putArray("oneOf");
    var names = NODES.arrayNode();
    for (PluginEntry entry : catalogue.entries()) {
      if (entry.service() == service) {
        if (entry.keys().keys().stream().noneMatch(Key::required)) {
          names.add(entry.name());
        }
        ObjectNode keyed = reference(name(service, entry.name()));
        keyed.putArray("required").add(PluginNames.TYPE);
        choices.add(keyed);
      }
    }
    if (!names.isEmpty()) {
      choices.insertObject(0).set("enum", names);
    }
    // A list of choices may not be empty.
    return choices.isEmpty() ? NODES.objectNode().put("not", true) : schema;
  }

  private ObjectNode plugin(PluginEntry entry) {
    Description description = Description.of(entry.keys().type());
    ObjectNode schema = describe(NODES.objectNode(), description.opening());
    schema.setAll(object(entry.keys()));
    ObjectNode properties = NODES.objectNode();
    properties.set(
        PluginNames.TYPE,
        describe(NODES.objectNode().put("const", entry.name()), description.purpose()));
    if (!entry.presets().isEmpty()) {
      var presets = properties.putObject(PresetKey.NAME).putArray("enum");
      entry.presets().keySet().forEach(presets::add);
    }
    properties.setAll((ObjectNode) schema.get("properties"));
    schema.set("properties", properties);
    return schema;
  }

  private static ObjectNode describe(ObjectNode schema, String description) {
    return description.isEmpty() ? schema : schema.put("description", description);
  }

  private ObjectNode object(Keys keys) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    Description description = Description.of(keys.type());
    var required = NODES.arrayNode();
    for (Key key : keys.keys()) {
      properties.set(key.name(), describe(key(keys, key), description.part(key.name())));
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private ObjectNode key(Keys keys, Key key) {
    ObjectNode schema = type(key.type());
    Optional<JsonNode> usual = usual(keys, key);
    if (key.type() instanceof KeyType.Plugin plugin && usual.isPresent()) {
      schema = orUsual(schema, plugin.service(), usual.get());
    }
    if (usual.isPresent()) {
      schema.set("default", usual.get());
    }
    return schema;
  }

  /** An object without a type changes keys of the plugin that is the default. */
  private static ObjectNode orUsual(ObjectNode any, Service service, JsonNode usual) {
    JsonNode name = usual.isString() ? usual : usual.get(PluginNames.TYPE);
    return anyOf(any, reference(name(service, name.asString())));
  }

  private static ObjectNode anyOf(ObjectNode one, ObjectNode other) {
    ObjectNode schema = NODES.objectNode();
    schema.putArray("anyOf").add(one).add(other);
    return schema;
  }

  /** The default, unless it is a plugin that is not there. */
  private Optional<JsonNode> usual(Keys keys, Key key) {
    return KeyDescription.usual(keys, key, writer)
        .filter(
            value ->
                key.written().isEmpty()
                    || !(key.type() instanceof KeyType.Plugin plugin)
                    || catalogue.find(plugin.service(), value.asString()).isPresent());
  }

  private ObjectNode type(KeyType type) {
    if (type == KeyType.Scalar.LABELS) {
      return labels();
    }
    if (type instanceof KeyType.Scalar scalar) {
      return NODES.objectNode().put("type", scalar(scalar));
    }
    if (type instanceof KeyType.Choice choice) {
      ObjectNode schema = NODES.objectNode();
      var names = schema.putArray("enum");
      choice.names().forEach(names::add);
      return schema;
    }
    if (type instanceof KeyType.Plugin plugin) {
      return reference(name(plugin.service()));
    }
    if (type instanceof KeyType.ListOf list) {
      ObjectNode schema = NODES.objectNode().put("type", "array");
      schema.set("items", type(list.element()));
      return list.takesOne() ? anyOf(type(list.element()), schema) : schema;
    }
    if (type instanceof KeyType.Maybe maybe) {
      return type(maybe.element());
    }
    return group(((KeyType.Group) type).type());
  }

  private static ObjectNode labels() {
    ObjectNode words = NODES.objectNode();
    words.putArray("enum").add("data").add("uniform");
    ObjectNode list = NODES.objectNode().put("type", "array").put("minItems", 1);
    ObjectNode number = NODES.objectNode().put("type", "integer").put("minimum", 0);
    list.set("items", anyOf(number.deepCopy(), NODES.objectNode().put("type", "string")));
    ObjectNode schema = anyOf(words, list);
    ((ArrayNode) schema.get("anyOf")).add(number);
    return schema;
  }

  /** By reference, as a group may hold others of its own kind. */
  private ObjectNode group(Class<? extends Record> type) {
    String name = type.getName();
    if (!definitions.has(name)) {
      definitions.set(name, NODES.objectNode());
      definitions.set(name, object(KeyDescription.keys(type)));
    }
    return reference(name);
  }

  private static String scalar(KeyType.Scalar scalar) {
    return switch (scalar) {
      case NUMBER -> "number";
      case INTEGER, LONG -> "integer";
      case TRUTH -> "boolean";
      case TEXT, PATH, LABELS -> "string";
    };
  }

  private static String name(Service service, String plugin) {
    return name(service) + ":" + plugin;
  }

  private static String name(Service service) {
    return service.label().replace(' ', '-');
  }

  /** In a reference, which is a URI, names such as {@code ncsn++} are escaped. */
  private static ObjectNode reference(String definition) {
    String escaped = definition.replace("+", "%2B").replace("$", "%24");
    return NODES.objectNode().put("$ref", "#/$defs/" + escaped);
  }
}

package org.score4j.runner.recipe;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.score4j.runner.plugin.KeyType;
import org.score4j.runner.plugin.Keys;
import org.score4j.runner.plugin.Keys.Key;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.plugin.PluginEntry;
import org.score4j.runner.plugin.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the recipes that a catalogue's plugins allow, for editors that complete and check keys
 * (JSON Schema, draft 2020-12).
 *
 * <p>It knows keys, types, choices, presets and defaults. Ranges, and rules between keys, are the
 * plugins' own: {@code runner validate} tells those.
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
    ObjectNode recipe = object(keysOf(Recipe.class));
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
    ObjectNode schema = object(entry.keys());
    ObjectNode properties = NODES.objectNode();
    properties.putObject(PluginNames.TYPE).put("const", entry.name());
    if (!entry.presets().isEmpty()) {
      var presets = properties.putObject(PresetKey.NAME).putArray("enum");
      entry.presets().keySet().forEach(presets::add);
    }
    properties.setAll((ObjectNode) schema.get("properties"));
    schema.set("properties", properties);
    return schema;
  }

  private ObjectNode object(Keys keys) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    var required = NODES.arrayNode();
    for (Key key : keys.keys()) {
      properties.set(key.name(), key(keys, key));
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

  private Optional<JsonNode> usual(Keys keys, Key key) {
    if (key.required()) {
      return Optional.empty();
    }
    if (key.written().isPresent()) {
      JsonNode written = JsonMapper.shared().readTree(key.written().get());
      boolean missing =
          key.type() instanceof KeyType.Plugin plugin
              && catalogue.find(plugin.service(), written.asString()).isEmpty();
      return Optional.of(written).filter(unused -> !missing);
    }
    return keys.defaults()
        .flatMap(defaults -> writer.value(key.type(), Keys.read(defaults, key.name())));
  }

  private ObjectNode type(KeyType type) {
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

  /** By reference, as a group may hold others of its own kind. */
  private ObjectNode group(Class<? extends Record> type) {
    String name = type.getName();
    if (!definitions.has(name)) {
      definitions.set(name, NODES.objectNode());
      definitions.set(name, object(keysOf(type)));
    }
    return reference(name);
  }

  private static Keys keysOf(Class<? extends Record> type) {
    try {
      return Keys.of(type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("defaults of " + type.getName(), e);
    }
  }

  private static String scalar(KeyType.Scalar scalar) {
    return switch (scalar) {
      case NUMBER -> "number";
      case INTEGER, LONG -> "integer";
      case TRUTH -> "boolean";
      case TEXT, PATH -> "string";
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

package org.score4j.recipe.schema;

import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.plugin.Description;
import org.score4j.recipe.plugin.KeyType;
import org.score4j.recipe.plugin.Keys;
import org.score4j.recipe.plugin.Keys.Key;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key as a user sees it.
 *
 * @param name in the recipe
 * @param type such as {@code number}, {@code one of a|b} or {@code list of numbers}
 * @param required whether a recipe must give it
 * @param defaultValue what it is if a recipe does not give it; empty if required, or if nothing in
 *     JSON can say it
 * @param usual the default for people to read; empty if required, or if there is none
 * @param description what it does; possibly empty
 * @param choices what each of its values means, in order, as far as that is told
 * @param inside the keys of the object that it takes, or of each object of its list; possibly empty
 */
public record KeyDescription(
    String name,
    String type,
    boolean required,
    Optional<JsonNode> defaultValue,
    String usual,
    String description,
    Map<String, String> choices,
    List<KeyDescription> inside) {

  /** The keys of a recipe; one that gives no name is called after its file. */
  public static List<KeyDescription> ofRecipe(PluginCatalogue catalogue) {
    return all(keys(Recipe.class), new RecipeWriter(catalogue)).stream()
        .map(key -> key.name().equals("name") ? key.or("the name of the file") : key)
        .toList();
  }

  private KeyDescription or(String words) {
    return new KeyDescription(
        name, type, false, Optional.empty(), words, description, choices, inside);
  }

  static List<KeyDescription> all(Keys keys, RecipeWriter writer) {
    return all(keys, writer, Set.of());
  }

  private static List<KeyDescription> all(Keys keys, RecipeWriter writer, Set<Class<?>> around) {
    Set<Class<?>> inside = new HashSet<>(around);
    inside.add(keys.type());
    Description told = Description.of(keys.type());
    return keys.keys().stream()
        .map(
            key ->
                new KeyDescription(
                    key.name(),
                    key.type().label(),
                    key.required(),
                    usual(keys, key, writer),
                    usual(keys, key, writer)
                        .map(RecipeWriter::inline)
                        .orElseGet(() -> infinity(keys, key)),
                    told.part(key.name()),
                    element(key.type()) instanceof KeyType.Choice choice
                        ? choices(choice)
                        : Map.of(),
                    inside(element(key.type()), writer, inside)))
        .toList();
  }

  /** What a key is if a recipe does not give it; empty if nothing in JSON can say it. */
  static Optional<JsonNode> usual(Keys keys, Key key, RecipeWriter writer) {
    if (key.required()) {
      return Optional.empty();
    }
    return key.written()
        .map(text -> JsonMapper.shared().readTree(text))
        .or(
            () ->
                keys.defaults()
                    .flatMap(record -> writer.value(key.type(), Keys.read(record, key.name()))));
  }

  /** The word for a default that no recipe can give; empty if it is another. */
  private static String infinity(Keys keys, Key key) {
    Object value =
        keys.defaults().<Object>map(record -> Keys.read(record, key.name())).orElse("none");
    return value.equals(Double.POSITIVE_INFINITY)
        ? "infinity"
        : value.equals(Double.NEGATIVE_INFINITY) ? "-infinity" : "";
  }

  private static KeyType element(KeyType type) {
    if (type instanceof KeyType.Maybe maybe) {
      return element(maybe.element());
    }
    return type instanceof KeyType.ListOf list ? element(list.element()) : type;
  }

  /** What the constants of an enum mean, as far as that is told. */
  static Map<String, String> choices(KeyType.Choice choice) {
    Description description = Description.of(choice.type());
    Map<String, String> told = new LinkedHashMap<>();
    for (Object constant : choice.type().getEnumConstants()) {
      String text = description.part(((Enum<?>) constant).name());
      if (!text.isEmpty()) {
        told.put(KeyType.Choice.name(constant), text);
      }
    }
    return told;
  }

  private static List<KeyDescription> inside(
      KeyType type, RecipeWriter writer, Set<Class<?>> around) {
    return type instanceof KeyType.Group group && !around.contains(group.type())
        ? all(keys(group.type()), writer, around)
        : List.of();
  }

  static Keys keys(Class<? extends Record> type) {
    try {
      return Keys.of(type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("defaults of " + type.getName(), e);
    }
  }
}

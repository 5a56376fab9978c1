package org.score4j.recipe.json;

import java.math.BigInteger;
import java.nio.file.Path;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads small files of JSON as strictly as recipes, with the same words for their faults. */
public final class JsonFile {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonFile() {}

  /**
   * The value in a file.
   *
   * @param file JSON in UTF-8
   * @throws BadInput if it cannot be read, is no JSON, or gives a key twice
   */
  public static JsonNode read(Path file) {
    return node(tree(RecipeText.of(file)));
  }

  /**
   * The object in a file.
   *
   * @param file JSON in UTF-8
   * @throws BadInput if it cannot be read, or holds no object
   */
  public static ObjectNode object(Path file) {
    if (read(file) instanceof ObjectNode object) {
      return object;
    }
    throw new BadInput(file + ": must be a JSON object { ... }");
  }

  private static Json tree(RecipeText text) {
    Problems problems = new Problems();
    Json json =
        JsonText.read(
            text.json(), (line, column) -> new Place(text.source(), line, column), problems);
    problems.throwIfAny();
    return json;
  }

  private static JsonNode node(Json json) {
    if (json instanceof Json.Obj object) {
      ObjectNode made = NODES.objectNode();
      object.members().forEach((key, member) -> made.set(key, node(member.value())));
      return made;
    }
    if (json instanceof Json.Arr list) {
      ArrayNode made = NODES.arrayNode();
      list.items().forEach(item -> made.add(node(item)));
      return made;
    }
    if (json instanceof Json.Text text) {
      return NODES.stringNode(text.value());
    }
    if (json instanceof Json.Truth truth) {
      return NODES.booleanNode(truth.value());
    }
    return json instanceof Json.Num number ? number(number) : NODES.nullNode();
  }

  private static JsonNode number(Json.Num number) {
    String literal = number.literal();
    if (literal.matches("-?[0-9]+")) {
      var whole = new BigInteger(literal);
      if (whole.bitLength() < Integer.SIZE) {
        return NODES.numberNode(whole.intValue());
      }
      return whole.bitLength() < Long.SIZE
          ? NODES.numberNode(whole.longValue())
          : NODES.numberNode(whole);
    }
    double value = Double.parseDouble(literal);
    if (!Double.isFinite(value)) {
      throw new BadInput(
          number.at() + ": is beyond the range of a double, found " + number.found());
    }
    return NODES.numberNode(value);
  }
}

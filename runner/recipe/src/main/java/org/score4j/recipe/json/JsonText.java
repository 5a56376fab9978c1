package org.score4j.recipe.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text (RFC 8259, nothing more) and remembers where everything stands. */
public final class JsonText {
  /** Makes a place of a line and a column. */
  @FunctionalInterface
  public interface Locator {
    Place place(int line, int column);
  }

  private final String text;
  private final Locator locator;
  private final Problems problems;
  private final Deque<String> open = new ArrayDeque<>();

  private JsonText(String text, Locator locator, Problems problems) {
    this.text = text;
    this.locator = locator;
    this.problems = problems;
  }

  /**
   * Reads one value. A key given twice is noted as a problem, and its first value kept.
   *
   * @throws BadInput if the text is not JSON
   */
  public static Json read(String text, Locator locator, Problems problems) {
    return new JsonText(text, locator, problems).read();
  }

  private Json read() {
    if (text.isBlank()) {
      throw new BadInput(
          locator.place(1, 1) + ": there is nothing here; a recipe is a JSON object { ... }");
    }
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      return whole(parser);
    }
  }

  private Json whole(JsonParser parser) {
    try {
      parser.nextToken();
      Json value = value(parser, "");
      if (parser.nextToken() != null) {
        throw new BadInput(
            here(parser) + ": there is more text after the end of the recipe's object");
      }
      return value;
    } catch (JacksonException e) {
      throw new BadInput(syntax(parser, e));
    }
  }

  private Json value(JsonParser parser, String path) {
    Place at = here(parser);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser, at, path);
      case START_ARRAY -> array(parser, at, path);
      case VALUE_STRING -> new Json.Text(at, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(at, parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> new Json.Truth(at, token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> new Json.Null(at);
      default -> throw new IllegalStateException("token " + token + " at " + at);
    };
  }

  private Json object(JsonParser parser, Place at, String path) {
    open.push("{" + spot(at));
    Map<String, Json.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Place keyAt = here(parser);
      String key = parser.currentName();
      String inner = path.isEmpty() ? key : path + "." + key;
      parser.nextToken();
      Json.Member earlier = members.putIfAbsent(key, new Json.Member(keyAt, value(parser, inner)));
      if (earlier != null) {
        String first = spot(earlier.keyAt());
        problems.add(keyAt, inner, "is given twice, first" + first + "; remove one of the two");
      }
    }
    open.pop();
    return new Json.Obj(at, members);
  }

  private Json array(JsonParser parser, Place at, String path) {
    open.push("[" + spot(at));
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, path + "[" + items.size() + "]"));
    }
    open.pop();
    return new Json.Arr(at, items);
  }

  private Place here(JsonParser parser) {
    TokenStreamLocation at = parser.currentTokenLocation();
    return locator.place(at.getLineNr(), at.getColumnNr());
  }

  private static String spot(Place place) {
    return place.isOption() ? "" : " at " + place.line() + ":" + place.column();
  }

  private String syntax(JsonParser parser, JacksonException e) {
    // The limits of the parser are told without a place.
    TokenStreamLocation at =
        Optional.ofNullable(e.getLocation()).orElseGet(parser::currentLocation);
    String words =
        SyntaxFault.words(
            text,
            (int) at.getCharOffset(),
            e.getOriginalMessage(),
            Optional.ofNullable(open.peek()));
    return locator.place(at.getLineNr(), at.getColumnNr()) + ": " + words;
  }
}

package org.score4j.interop.diffusers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A configuration of diffusers, and what in it has no counterpart here. */
final class Configuration {
  private final Path file;
  private final JsonNode json;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> mistyped = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  Configuration(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
  }

  /** Every problem, with the file. */
  List<String> problems() {
    return problems.stream().distinct().map(problem -> file + ": " + problem).toList();
  }

  /** What is not as the configuration has it, with the file. */
  List<String> notes() {
    return notes.stream().distinct().map(note -> file + ": " + note).toList();
  }

  /** Tells what is not taken over as it is. */
  void note(String note) {
    notes.add(note);
  }

  /** The file that it was read from. */
  Path file() {
    return file;
  }

  /** All keys with a value, without those that say who wrote the file. */
  List<String> keys() {
    return json.propertyStream()
        .map(Map.Entry::getKey)
        .filter(key -> !key.startsWith("_") && has(key))
        .toList();
  }

  /** Notes a value that cannot be taken over. */
  void refuse(String key, String rule) {
    if (!mistyped.contains(key)) {
      problems.add(key + ": must be " + rule + ", found " + shown(key));
    }
  }

  /** Notes a value of another type, of which nothing else can be said. */
  private void refuseType(String key, String rule) {
    refuse(key, rule);
    mistyped.add(key);
  }

  private String shown(String key) {
    JsonNode value = json.path(key);
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() > 200 ? text.substring(0, 197) + "..." : text;
  }

  /** Whether the key is given and not null. */
  boolean has(String key) {
    return !json.path(key).isMissingNode() && !json.path(key).isNull();
  }

  /** Whether the key is there, if only as null, which is not the default. */
  boolean isGiven(String key) {
    return !json.path(key).isMissingNode();
  }

  /** A text; refused if it is something else. */
  String text(String key, String otherwise) {
    if (!isGiven(key)) {
      return otherwise;
    }
    if (!json.path(key).isString()) {
      refuseType(key, "text");
      return otherwise;
    }
    return json.path(key).asString();
  }

  /** A number; refused if it is something else, or too large for one. */
  double number(String key, double otherwise) {
    if (!isGiven(key)) {
      return otherwise;
    }
    double number = json.path(key).isNumber() ? json.path(key).asDouble(Double.NaN) : Double.NaN;
    if (!Double.isFinite(number)) {
      refuseType(key, "a finite number");
      return otherwise;
    }
    return number;
  }

  /** A whole number from 1 on; refused if it is something else. */
  int count(String key, int otherwise) {
    if (!isGiven(key)) {
      return otherwise;
    }
    if (!json.path(key).isInt() || json.path(key).asInt() < 1) {
      refuseType(key, "a whole number from 1 on");
      return 1;
    }
    return json.path(key).asInt();
  }

  /** True or false, which null stands for; refused if it is something else. */
  boolean truth(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise && !isGiven(key);
    }
    if (!json.path(key).isBoolean()) {
      refuseType(key, "true or false");
      return otherwise;
    }
    return json.path(key).asBoolean();
  }

  /** A list of texts; refused and empty if it is something else. */
  List<String> texts(String key) {
    return items(key, JsonNode::isString, "a list of texts").stream()
        .map(JsonNode::asString)
        .toList();
  }

  /** A list of whole numbers from 1 on; refused and empty if it is something else. */
  List<Integer> counts(String key) {
    return items(key, item -> item.isInt() && item.asInt() > 0, "a list of whole numbers from 1 on")
        .stream()
        .map(JsonNode::asInt)
        .toList();
  }

  private List<JsonNode> items(String key, Predicate<JsonNode> wanted, String rule) {
    List<JsonNode> items = new ArrayList<>();
    json.path(key).forEach(items::add);
    if (!json.path(key).isArray() || items.isEmpty() || !items.stream().allMatch(wanted)) {
      refuseType(key, rule);
      return List.of();
    }
    return items;
  }

  /** Height and width of images: one number for both, or two; refused if it is something else. */
  Optional<int[]> size(String key) {
    JsonNode size = json.path(key);
    if (size.isInt() && size.asInt() > 0) {
      return Optional.of(new int[] {size.asInt(), size.asInt()});
    }
    if (size.isArray()
        && size.size() == 2
        && size.valueStream().allMatch(each -> each.isInt() && each.asInt() > 0)) {
      return Optional.of(new int[] {size.get(0).asInt(), size.get(1).asInt()});
    }
    refuseType(key, "the images' height and width");
    return Optional.empty();
  }

  /** Refuses a text that is not among these. */
  void mustBe(String key, String otherwise, String... allowed) {
    if (!List.of(allowed).contains(text(key, otherwise))) {
      refuse(key, String.join(" or ", allowed));
    }
  }

  /** Refuses a number that is not this one. */
  void mustBe(String key, double otherwise, double wanted) {
    if (Math.abs(number(key, otherwise) - wanted) > 1e-6 * Math.abs(wanted)) {
      refuse(key, wanted == Math.rint(wanted) ? Long.toString((long) wanted) : wanted + "");
    }
  }

  /** Refuses what is true where it must be false, or the other way round. */
  void mustBe(String key, boolean otherwise, boolean wanted) {
    if (truth(key, otherwise) != wanted) {
      refuse(key, Boolean.toString(wanted));
    }
  }

  /**
   * Refuses each of the keys that has another value than there.
   *
   * @param keys such as a network's output depends on
   */
  void mustBeAsIn(Configuration other, Set<String> keys) {
    keys.stream()
        .sorted()
        .filter(key -> !same(json.path(key), other.json.path(key)))
        .forEach(key -> refuse(key, other.shown(key) + ", as in " + other.file));
  }

  private static boolean same(JsonNode one, JsonNode two) {
    return one.isNumber() && two.isNumber()
        ? one.asDouble(Double.NaN) == two.asDouble(Double.NaN)
        : one.equals(two);
  }

  /** Notes each key that the class does not have. */
  void noteUnknown(Set<String> known, String name) {
    keys().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> note(key + ": is not an option of " + name + ", and is ignored"));
  }

  /** Refuses what is given at all. */
  void mustBeAbsent(String key) {
    if (has(key)) {
      refuse(key, "null");
    }
  }
}

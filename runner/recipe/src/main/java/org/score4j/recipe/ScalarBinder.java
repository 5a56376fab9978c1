package org.score4j.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.engine.label.ClassLabel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.format.text.FileNames;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.plugin.KeyType;

/**
 * Turns numbers, words and paths into the values of record components. Nothing is rounded, and
 * nothing in quotes becomes a number: what a recipe says is what runs.
 */
final class ScalarBinder {
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]+");

  /** A digit other than 0 before the exponent. */
  private static final Pattern NOT_ZERO = Pattern.compile("[-0.]*[1-9]");

  private static final Pattern EXPONENT = Pattern.compile("[eE][-+]?0*([0-9]*)");

  private static final int LONGEST_EXPONENT = 3;

  private final Path folder;
  private final Problems problems;

  /**
   * A binder.
   *
   * @param folder of the recipe, to which its paths are relative; those given on the command line
   *     are relative to the working folder
   */
  ScalarBinder(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** The value; empty after noting a problem. */
  Optional<Object> bind(KeyType.Scalar type, Json json, String path) {
    return switch (type) {
      case NUMBER -> number(json, path);
      case INTEGER -> whole(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
      case LONG -> whole(json, path, Long.MIN_VALUE, Long.MAX_VALUE).map(Long::longValue);
      case TRUTH ->
          json instanceof Json.Truth truth ? Optional.of(truth.value()) : wrong(type, json, path);
      case TEXT ->
          json instanceof Json.Text text ? Optional.of(text.value()) : wrong(type, json, path);
      case PATH -> path(json, path);
      case LABELS -> labels(json, path);
    };
  }

  /** A default path, which is relative to the recipe like any other. */
  Path resolve(Path path) {
    return folder.resolve(path).toAbsolutePath().normalize();
  }

  /** The constant; empty after noting a problem. */
  Optional<Object> bind(KeyType.Choice type, Json json, String path) {
    if (!(json instanceof Json.Text text)) {
      return problem(json, path, "must be " + type.one() + ", found " + json.found());
    }
    Optional<Object> constant =
        Stream.of((Object[]) type.type().getEnumConstants())
            .filter(each -> KeyType.Choice.name(each).equals(text.value()))
            .findFirst();
    if (constant.isPresent()) {
      return constant;
    }
    String meant = Nearest.meant(text.value(), type.names());
    return problem(json, path, "must be " + type.one() + ", found " + json.found() + meant);
  }

  private Optional<Object> number(Json json, String path) {
    if (!(json instanceof Json.Num number)) {
      return wrong(KeyType.Scalar.NUMBER, json, path);
    }
    double value = Double.parseDouble(number.literal());
    if (!Double.isFinite(value)) {
      return problem(json, path, "is beyond the range of a double, found " + json.found());
    }
    return value == 0 && NOT_ZERO.matcher(number.literal()).lookingAt()
        ? problem(json, path, "is too close to 0 for a double, found " + json.found())
        : Optional.of(value);
  }

  private Optional<Long> whole(Json json, String path, long low, long high) {
    if (!(json instanceof Json.Num number)) {
      wrong(KeyType.Scalar.INTEGER, json, path);
      return Optional.empty();
    }
    Optional<BigInteger> meant =
        wholeNumber(number.literal())
            .filter(value -> value.compareTo(BigInteger.valueOf(low)) >= 0)
            .filter(value -> value.compareTo(BigInteger.valueOf(high)) <= 0);
    boolean plain = PLAIN.matcher(number.literal()).matches();
    if (plain && meant.isPresent()) {
      return meant.map(BigInteger::longValueExact);
    }
    problem(
        json,
        path,
        "must be a whole number"
            + (plain ? " from " + low + " to " + high : "")
            + ", found "
            + json.found()
            + meant.map(value -> "; write " + value).orElse(""));
    return Optional.empty();
  }

  /** The number if it is whole; empty also if its exponent makes it longer than any type. */
  private static Optional<BigInteger> wholeNumber(String literal) {
    Matcher exponent = EXPONENT.matcher(literal);
    if (exponent.find() && exponent.group(1).length() > LONGEST_EXPONENT) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(literal).stripTrailingZeros();
    return value.scale() <= 0 ? Optional.of(value.toBigInteger()) : Optional.empty();
  }

  private Optional<Object> path(Json json, String path) {
    if (!(json instanceof Json.Text text)) {
      return wrong(KeyType.Scalar.PATH, json, path);
    }
    if (text.value().isBlank()) {
      return problem(json, path, "must be a path, found empty text");
    }
    Path base = json.at().isOption() ? Path.of("") : folder;
    try {
      return Optional.of(base.resolve(text.value()).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return problem(json, path, FileNames.why(e));
    }
  }

  private Optional<Object> labels(Json json, String path) {
    if (json instanceof Json.Arr list) {
      List<ClassLabel> labels = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        label(list.items().get(i), path + "[" + i + "]").ifPresent(labels::add);
      }
      if (list.items().isEmpty()) {
        return wrong(KeyType.Scalar.LABELS, json, path);
      }
      return labels.size() == list.items().size()
          ? Optional.of(new LabelChoice.Cycle(labels))
          : Optional.empty();
    }
    if (json instanceof Json.Text text) {
      for (LabelChoice.Shares shares : LabelChoice.Shares.values()) {
        if (KeyType.Choice.name(shares).equals(text.value())) {
          return Optional.of(shares);
        }
      }
      String meant = Nearest.meant(text.value(), List.of("data", "uniform"));
      return problem(
          json, path, "must be " + KeyType.Scalar.LABELS.one() + ", found " + json.found() + meant);
    }
    if (json instanceof Json.Num) {
      return label(json, path).map(label -> new LabelChoice.Cycle(List.of(label)));
    }
    return wrong(KeyType.Scalar.LABELS, json, path);
  }

  private Optional<ClassLabel> label(Json json, String path) {
    if (json instanceof Json.Text text) {
      return Optional.of(new ClassLabel.Name(text.value()));
    }
    if (json instanceof Json.Num) {
      return whole(json, path, 0, Integer.MAX_VALUE)
          .map(number -> new ClassLabel.Number(number.intValue()));
    }
    problem(
        json, path, "must be a class, a whole number or a name in quotes, found " + json.found());
    return Optional.empty();
  }

  private Optional<Object> wrong(KeyType.Scalar type, Json json, String path) {
    String remedy = "";
    if (json instanceof Json.Text text && isBareWord(type, text.value())) {
      remedy = "; remove the quotes";
    }
    return problem(json, path, "must be " + type.one() + ", found " + json.found() + remedy);
  }

  private static boolean isBareWord(KeyType.Scalar type, String text) {
    return switch (type) {
      case NUMBER, INTEGER, LONG -> text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");
      case TRUTH -> text.equals("true") || text.equals("false");
      case TEXT, PATH, LABELS -> false;
    };
  }

  private Optional<Object> problem(Json json, String path, String text) {
    problems.add(json.at(), path, text);
    return Optional.empty();
  }
}

package org.score4j.recipe.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.score4j.engine.label.LabelChoice;

/** What a recipe may give for a key; derived from the record component that takes the value. */
public sealed interface KeyType {

  /** As in "must be a number". */
  String one();

  /** As in "a list of numbers". */
  String many();

  /** As in a table of keys: "number". */
  String label();

  /** A value without parts. */
  enum Scalar implements KeyType {
    /** A double. */
    NUMBER("a number", "numbers", "number"),
    /** An int. */
    INTEGER("a whole number", "whole numbers", "integer"),
    /** A long. */
    LONG("a whole number", "whole numbers", "integer"),
    /** A boolean. */
    TRUTH("true or false", "true or false", "true/false"),
    /** A String. */
    TEXT("text in quotes", "texts in quotes", "text"),
    /** A Path. */
    PATH("a path in quotes", "paths in quotes", "path"),
    /** A {@link LabelChoice}. */
    LABELS(
        "\"data\", \"uniform\" or a list of classes, each a whole number or a name in quotes",
        "choices of classes",
        "\"data\", \"uniform\" or list of classes");

    private static final Map<Class<?>, Scalar> OF =
        Map.ofEntries(
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER),
            Map.entry(int.class, INTEGER),
            Map.entry(Integer.class, INTEGER),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(boolean.class, TRUTH),
            Map.entry(Boolean.class, TRUTH),
            Map.entry(String.class, TEXT),
            Map.entry(Path.class, PATH),
            Map.entry(LabelChoice.class, LABELS));

    private final String one;
    private final String many;
    private final String label;

    Scalar(String one, String many, String label) {
      this.one = one;
      this.many = many;
      this.label = label;
    }

    @Override
    public String one() {
      return one;
    }

    @Override
    public String many() {
      return many;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /**
   * One of the constants of an enum, written in lower case with hyphens; without the underscore
   * that lets a name begin with a digit, so that {@code _2M_SDE} is {@code 2m-sde}.
   */
  record Choice(Class<?> type) implements KeyType {
    /** How a recipe writes a constant. */
    public static String name(Object constant) {
      String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
      return name.startsWith("-") ? name.substring(1) : name;
    }

    /** The constants by the names that a recipe uses, in order. */
    public List<String> names() {
      return Stream.of(type.getEnumConstants()).map(Choice::name).toList();
    }

    @Override
    public String one() {
      return names().stream()
          .map(n -> '"' + n + '"')
          .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public String many() {
      return one();
    }

    @Override
    public String label() {
      return "one of " + String.join("|", names());
    }
  }

  /** Another plugin. */
  record Plugin(Service service) implements KeyType {
    @Override
    public String one() {
      return service.one();
    }

    @Override
    public String many() {
      return service.many();
    }

    @Override
    public String label() {
      return service.label();
    }
  }

  /** A plain record: an object with keys and no type. */
  record Group(Class<? extends Record> type) implements KeyType {
    private static final int KEYS_SHOWN = 8;

    /** The names of its keys, in order. */
    public List<String> keys() {
      return Stream.of(type.getRecordComponents()).map(component -> component.getName()).toList();
    }

    private String shown() {
      String more = keys().size() > KEYS_SHOWN ? ", ...}" : "}";
      return keys().stream().limit(KEYS_SHOWN).collect(Collectors.joining(", ", "{", more));
    }

    @Override
    public String one() {
      return "an object " + shown();
    }

    @Override
    public String many() {
      return "objects " + shown();
    }

    @Override
    public String label() {
      return "object " + shown();
    }
  }

  /** A list. A list of one number may be given as that number, whole or not. */
  record ListOf(KeyType element) implements KeyType {
    /** Whether a single element needs no brackets. */
    public boolean takesOne() {
      return element == Scalar.NUMBER || element == Scalar.INTEGER;
    }

    @Override
    public String one() {
      return (takesOne() ? element.one() + " or " : "") + "a list of " + element.many();
    }

    @Override
    public String many() {
      return "lists of " + element.many();
    }

    @Override
    public String label() {
      return "list of " + element.many();
    }
  }

  /** A value that may be absent. */
  record Maybe(KeyType element) implements KeyType {
    @Override
    public String one() {
      return element.one();
    }

    @Override
    public String many() {
      return element.many();
    }

    @Override
    public String label() {
      return element.label() + ", optional";
    }
  }

  /** The kind of value that a component takes; empty if no recipe can give it. */
  static Optional<KeyType> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      var element = of(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == List.class) {
        return element.map(ListOf::new);
      }
      return generic.getRawType() == Optional.class ? element.map(Maybe::new) : Optional.empty();
    }
    if (!(type instanceof Class<?> plain)) {
      return Optional.empty();
    }
    if (Scalar.OF.containsKey(plain)) {
      return Optional.of(Scalar.OF.get(plain));
    }
    if (plain.isEnum()) {
      return Optional.of(new Choice(plain));
    }
    if (plain.isRecord()) {
      return Optional.of(new Group(plain.asSubclass(Record.class)));
    }
    return Service.of(plain).map(Plugin::new);
  }
}

package org.score4j.recipe.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the Javadoc of a record or an enum says. score4j-describe, an annotation processor, keeps it
 * in the jar; a type that was compiled without it has an empty description.
 *
 * @param text its main part in plain text: a paragraph on each line; lines that begin with blanks
 *     are those of a formula. Possibly empty
 * @param parts what is said of the record's components or the enum's constants, by their names
 */
public record Description(String text, Map<String, String> parts) {
  private static final String FOLDER = "META-INF/score4j/";
  private static final String PART = "part.";

  /** Where the first sentence goes into details: a source, a formula, its end. */
  private static final Pattern DETAILS = Pattern.compile(" \\(|:|[.](?= [A-Z]|$)");

  /** The description that was compiled with a type. */
  public static Description of(Class<?> type) {
    return of(kept(type));
  }

  /** The version of the api that a plugin was compiled against; empty if that was not kept. */
  static Optional<String> api(Class<?> type) {
    return Optional.ofNullable(kept(type).getProperty("api"));
  }

  private static Properties kept(Class<?> type) {
    Properties kept = new Properties();
    try (InputStream in =
        type.getModule().getResourceAsStream(FOLDER + type.getName() + ".properties")) {
      if (in != null) {
        kept.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the description of " + type.getName(), e);
    }
  }

  /** Reads what score4j-describe wrote; its first version left letters beyond ASCII in UTF-8. */
  static Description read(Reader in) throws IOException {
    Properties kept = new Properties();
    kept.load(in);
    return of(kept);
  }

  private static Description of(Properties kept) {
    Map<String, String> parts = new HashMap<>();
    for (String key : kept.stringPropertyNames()) {
      if (key.startsWith(PART)) {
        parts.put(key.substring(PART.length()), kept.getProperty(key));
      }
    }
    return new Description(kept.getProperty("description", ""), Map.copyOf(parts));
  }

  /** What it is, in a few words; possibly empty. */
  public String purpose() {
    return DETAILS.split(text.lines().findFirst().orElse(""), 2)[0];
  }

  /** The first paragraph and the formula that it leads to; possibly empty. */
  public String opening() {
    var first = text.lines().limit(1);
    var formula = text.lines().skip(1).takeWhile(line -> line.isEmpty() || line.startsWith(" "));
    return Stream.concat(first, formula).collect(Collectors.joining("\n"));
  }

  /** What is said of a component or constant; possibly empty. */
  public String part(String name) {
    return parts.getOrDefault(name, "");
  }
}

package org.score4j.examples;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.score4j.api.Examples;

/** Passes on, once each, what opened data have to say. */
public final class DataWarnings {
  private DataWarnings() {}

  /** Gives the warnings of several data sets, which may be parts of the same, to a listener. */
  public static void of(Stream<Examples> opened, Consumer<String> listener) {
    Set<String> distinct = new LinkedHashSet<>();
    opened.forEach(examples -> distinct.addAll(examples.warnings()));
    distinct.forEach(warning -> listener.accept("warning: " + warning));
  }
}

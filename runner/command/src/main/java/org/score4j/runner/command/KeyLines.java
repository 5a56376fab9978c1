package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import org.score4j.recipe.schema.KeyDescription;
import org.score4j.runner.console.Fold;

/** Tells of a key in lines: its type and default, what it does, its choices, the keys inside it. */
final class KeyLines {
  private static final int DEEPER = 4;

  private KeyLines() {}

  static List<String> of(KeyDescription key, Fold fold, int indent) {
    List<String> lines = new ArrayList<>();
    lines.addAll(fold.lines(key.name() + ": " + type(key) + usual(key), indent));
    lines.addAll(fold.lines(key.description(), indent + DEEPER));
    key.choices()
        .forEach((name, text) -> lines.addAll(fold.lines(name + ": " + text, indent + DEEPER)));
    key.inside().forEach(each -> lines.addAll(of(each, fold, indent + DEEPER)));
    return lines;
  }

  /** Without the names of the keys inside it, which follow. */
  private static String type(KeyDescription key) {
    return key.inside().isEmpty() ? key.type() : key.type().replaceFirst(" \\{.*}", "");
  }

  private static String usual(KeyDescription key) {
    return key.required() ? ", required" : key.usual().isEmpty() ? "" : ", default " + key.usual();
  }
}

package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where and how measurements are made, and what they came to.
 *
 * @param root of the source checkout
 * @param output where results go
 * @param quick whether few repetitions will do, to see that everything works
 * @param threads of one operation, on both sides
 * @param figures results so far
 */
record Lab(Path root, Path output, boolean quick, int threads, List<Figure> figures) {

  Lab(Path root, Path output, boolean quick, int threads) {
    this(root, output, quick, threads, new ArrayList<>());
  }

  int warmUp() {
    return quick ? 2 : 5;
  }

  int rounds() {
    return quick ? 3 : 21;
  }

  Path script() {
    return root.resolve("benchmarks/networks.py");
  }

  Path recipe(String name) {
    return root.resolve("benchmarks/recipes").resolve(name + ".json");
  }

  Path work() {
    return root.resolve("benchmarks/target/work");
  }

  /** Keeps a result and shows it. */
  void add(
      String suite,
      String name,
      Estimate value,
      String unit,
      Optional<Figure.Goal> goal,
      String detail) {
    Figure figure = new Figure(suite, name, value, unit, goal, detail);
    figures.add(figure);
    System.out.printf(
        Locale.ROOT,
        "%-10s %-52s %10s %-8s [%s, %s]  %s  %s%n",
        suite,
        name,
        Numbers.shown(value.median()),
        unit,
        Numbers.shown(value.low()),
        Numbers.shown(value.high()),
        figure.goalShown(),
        detail);
  }

  /** A comment on what goes on. */
  void say(String text) {
    System.err.println(text);
  }
}

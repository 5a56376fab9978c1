package org.score4j.engine.label;

import java.text.Normalizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A class as a user gives it: by its number or by its name. */
public sealed interface ClassLabel {

  /** By its number, from 0. */
  record Number(int number) implements ClassLabel {
    @Override
    public OptionalInt among(int classes, List<String> names) {
      return number < classes ? OptionalInt.of(number) : OptionalInt.empty();
    }

    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  /**
   * By its name, or by that of the one class whose name Unicode writes otherwise; or if no class
   * has that name and it is a number, by that.
   */
  record Name(String name) implements ClassLabel {
    @Override
    public OptionalInt among(int classes, List<String> names) {
      int place = names.indexOf(name);
      if (place >= 0) {
        return OptionalInt.of(place);
      }
      int[] alike =
          IntStream.range(0, names.size())
              .filter(n -> normal(names.get(n)).equals(normal(name)))
              .toArray();
      if (alike.length == 1) {
        return OptionalInt.of(alike[0]);
      }
      return name.matches("\\d{1,9}")
          ? new Number(Integer.parseInt(name)).among(classes, names)
          : OptionalInt.empty();
    }

    private static String normal(String name) {
      return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    @Override
    public String toString() {
      return '"' + name + '"';
    }
  }

  /**
   * The number of this class.
   *
   * @param classes how many there are
   * @param names of the classes; empty if they have none
   * @return empty if there is no such class
   */
  OptionalInt among(int classes, List<String> names);
}

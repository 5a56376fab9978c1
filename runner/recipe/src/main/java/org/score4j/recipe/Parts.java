package org.score4j.recipe;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.api.InvalidValueException;
import org.score4j.recipe.plugin.Keys;

/** The records that a recipe is made of, each with its path, such as {@code sampler.grid}. */
final class Parts {
  private record Part(String path, Record value) {
    boolean contains(StackTraceElement call) {
      String name = value.getClass().getName();
      return call.getClassName().equals(name) || call.getClassName().startsWith(name + "$");
    }

    /** Whether one of the faults is about a value that stands here. */
    boolean holdsAny(List<InvalidValueException.Fault> faults) {
      return Stream.of(value.getClass().getRecordComponents())
          .map(RecordComponent::getName)
          .anyMatch(
              key ->
                  faults.stream()
                      .anyMatch(
                          fault ->
                              fault.component().equals(key) && isOf(Keys.read(value, key), fault)));
    }

    /** What is told of a path is about the file, or one in the folder. */
    private static boolean isOf(Object held, InvalidValueException.Fault fault) {
      return held instanceof Path path
          ? fault.found().startsWith(path.toString())
          : fault.found().equals(String.valueOf(held));
    }
  }

  private final List<Part> parts = new ArrayList<>();

  private Parts() {}

  static Parts of(Recipe recipe) {
    Parts parts = new Parts();
    parts.addInside(recipe, "");
    return parts;
  }

  /**
   * The path of the plugin that threw: the one that the innermost call to any of them went to. Of
   * several of one class, the one that holds what was found.
   *
   * @return empty if it was none of them
   */
  Optional<String> thrower(InvalidValueException thrown) {
    for (StackTraceElement call : thrown.getStackTrace()) {
      List<Part> possible = parts.stream().filter(part -> part.contains(call)).toList();
      if (!possible.isEmpty()) {
        return possible.stream()
            .filter(part -> part.holdsAny(thrown.faults()))
            .findFirst()
            .or(() -> Optional.of(possible.get(0)))
            .map(Part::path);
      }
    }
    return Optional.empty();
  }

  private void add(Object value, String path) {
    if (value instanceof Optional<?> maybe) {
      maybe.ifPresent(present -> add(present, path));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(list.get(i), path + "[" + i + "]");
      }
    } else if (value instanceof Record record) {
      parts.add(new Part(path, record));
      addInside(record, path + ".");
    }
  }

  private void addInside(Record record, String prefix) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      add(Keys.read(record, component.getName()), prefix + component.getName());
    }
  }
}

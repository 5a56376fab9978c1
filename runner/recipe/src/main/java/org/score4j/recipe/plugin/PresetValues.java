package org.score4j.recipe.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.score4j.api.Presets;

/** Makes the presets that a plugin declares by {@link Presets}. */
final class PresetValues {

  private PresetValues() {}

  /**
   * The presets by the names that a recipe uses, in order; empty if there are none, or if there are
   * lines on {@code problems} that say what is wrong with them.
   */
  static Map<String, Record> of(Class<?> plugin, List<String> problems) {
    Presets presets = plugin.getAnnotation(Presets.class);
    if (presets == null) {
      return Map.of();
    }
    Class<?> type = presets.value();
    List<String> found = new ArrayList<>();
    Map<String, Record> values = new LinkedHashMap<>();
    if (!type.isEnum()) {
      found.add("has presets in " + type.getName() + ", which is not an enum");
    } else {
      try {
        for (Object constant : type.getEnumConstants()) {
          Object value = ((Supplier<?>) constant).get();
          if (plugin.isInstance(value)) {
            values.put(KeyType.Choice.name(constant), (Record) value);
          } else {
            found.add(
                "has the preset "
                    + type.getName()
                    + "."
                    + ((Enum<?>) constant).name()
                    + ", which makes "
                    + (value == null ? "null" : value.getClass().getName()));
          }
        }
      } catch (RuntimeException | LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        found.add("cannot make its presets: " + type.getName() + " threw " + cause);
      }
    }
    problems.addAll(found);
    return found.isEmpty() ? values : Map.of();
  }
}

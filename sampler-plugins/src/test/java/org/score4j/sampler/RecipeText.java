package org.score4j.sampler;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.api.PluginName;

/** Plugins as a recipe names them. */
final class RecipeText {
  private RecipeText() {}

  /** The name, and in parentheses the keys that differ from their defaults, but for the steps. */
  static String of(Record plugin) {
    try {
      Record defaults = plugin.getClass().getConstructor().newInstance();
      List<String> keys = new ArrayList<>();
      for (RecordComponent component : plugin.getClass().getRecordComponents()) {
        Object value = component.getAccessor().invoke(plugin);
        boolean told = !value.equals(component.getAccessor().invoke(defaults));
        if (told && !component.getName().equals("steps")) {
          keys.add(component.getName() + " " + text(value));
        }
      }
      String name = plugin.getClass().getAnnotation(PluginName.class).value();
      return keys.isEmpty() ? name : name + " (" + String.join(", ", keys) + ")";
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(plugin + " is no plugin", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Record record) {
      return of(record);
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-", "")
        : value.toString();
  }
}

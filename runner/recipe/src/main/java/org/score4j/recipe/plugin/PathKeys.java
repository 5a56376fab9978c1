package org.score4j.recipe.plugin;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of a plugin, and of those inside it, that name files and folders. */
public final class PathKeys {
  private PathKeys() {}

  /**
   * Their paths in the recipe, such as {@code data.of.path}.
   *
   * @param plugin as it was read
   * @param key where it stands in the recipe
   */
  public static List<String> of(Object plugin, String key) {
    List<String> found = new ArrayList<>();
    add(plugin, key, found);
    return found;
  }

  private static void add(Object value, String key, List<String> found) {
    if (value instanceof Optional<?> maybe) {
      maybe.ifPresent(present -> add(present, key, found));
    } else if (value instanceof Path) {
      found.add(key);
    } else if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        String name = component.getName();
        add(Keys.read(record, name), key + "." + name, found);
      }
    }
  }
}

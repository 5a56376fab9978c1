package org.score4j.recipe.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.api.Required;

/**
 * The keys that a record takes from a recipe.
 *
 * @param type the record
 * @param keys one for each component, in order
 * @param defaults what the no-argument constructor makes; empty if there is no such constructor
 */
public record Keys(Class<? extends Record> type, List<Key> keys, Optional<Record> defaults) {

  /**
   * One key.
   *
   * @param name in the recipe
   * @param type what a recipe may give
   * @param required whether a recipe must give it
   * @param written the default as a recipe would write it; empty if the defaults hold it
   */
  public record Key(String name, KeyType type, boolean required, Optional<String> written) {}

  /**
   * Looks at a record that has passed {@link PluginRules}, or is the runner's own.
   *
   * @throws InvocationTargetException if the no-argument constructor fails
   */
  public static Keys of(Class<? extends Record> type) throws InvocationTargetException {
    Optional<Record> defaults = defaults(type);
    List<Key> keys =
        Stream.of(type.getRecordComponents()).map(c -> key(c, defaults.isPresent())).toList();
    return new Keys(type, keys, defaults);
  }

  /** The names, in order. */
  public List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /** The value of a key in a record of this type. */
  public static Object read(Record record, String key) {
    try {
      return record.getClass().getMethod(key).invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record.getClass().getName() + "." + key + "()", e);
    }
  }

  /**
   * Makes a record.
   *
   * @param values one for each key, in order
   * @throws InvocationTargetException if the canonical constructor fails
   */
  public Record make(Object[] values) throws InvocationTargetException {
    Class<?>[] types =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw e;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructor of " + type.getName(), e);
    }
  }

  private static Optional<Record> defaults(Class<? extends Record> type)
      throws InvocationTargetException {
    Optional<Constructor<?>> plain =
        Stream.of(type.getConstructors()).filter(c -> c.getParameterCount() == 0).findFirst();
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.cast(plain.get().newInstance()));
    } catch (InvocationTargetException e) {
      throw e;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructor of " + type.getName(), e);
    }
  }

  private static Key key(RecordComponent component, boolean hasDefaults) {
    KeyType type = KeyType.of(component.getGenericType()).orElseThrow();
    Optional<String> written =
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    boolean canBeEmpty = type instanceof KeyType.ListOf || type instanceof KeyType.Maybe;
    boolean required =
        component.isAnnotationPresent(Required.class)
            || !(hasDefaults || written.isPresent() || canBeEmpty);
    return new Key(component.getName(), type, required, written);
  }
}

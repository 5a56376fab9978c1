package org.score4j.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.score4j.api.InvalidValueException;

/**
 * Checks that a plugin refuses whole numbers that are far too large when it is made, rather than
 * when it computes with them: the product of such numbers overflows, and arrays of that length are
 * beyond any memory.
 */
public final class HugeNumbers {
  private HugeNumbers() {}

  /**
   * Gives each component of type {@code int} the largest value there is, the others as they are.
   *
   * @param plugin a record
   * @param unbounded components that may have any value, as nothing grows with them
   */
  public static void assertRefused(Record plugin, Set<String> unbounded) {
    List<String> accepted = new ArrayList<>();
    RecordComponent[] components = plugin.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      if (components[i].getType() == int.class
          && !unbounded.contains(components[i].getName())
          && accepts(plugin, i)) {
        accepted.add(components[i].getName());
      }
    }
    Assertions.assertEquals(List.of(), accepted, plugin.getClass().getName());
  }

  private static boolean accepts(Record plugin, int changed) {
    RecordComponent[] components = plugin.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = i == changed ? Integer.MAX_VALUE : components[i].getAccessor().invoke(plugin);
      }
      Constructor<?> constructor = plugin.getClass().getDeclaredConstructor(types);
      constructor.newInstance(values);
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InvalidValueException) {
        return false;
      }
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}

package org.score4j.recipe.plugin;

import java.util.ServiceLoader;
import org.score4j.api.InvalidValueException;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.Optimizer;
import org.score4j.api.PluginName;

/** The plugins that are meant where none is given, looked for only where they are needed. */
public final class UsualPlugin {
  /** Name of the usual optimizer. */
  public static final String OPTIMIZER = "adam";

  /** Name of the usual schedule of the learning rate. */
  public static final String SCHEDULE = "constant";

  private UsualPlugin() {}

  /**
   * The usual optimizer.
   *
   * @throws InvalidValueException if it is not installed
   */
  public static Optimizer optimizer() {
    return named(ServiceLoader.load(Optimizer.class), "optimizer", OPTIMIZER);
  }

  /**
   * The usual schedule of the learning rate.
   *
   * @throws InvalidValueException if it is not installed
   */
  public static LearningRateSchedule schedule() {
    return named(ServiceLoader.load(LearningRateSchedule.class), "schedule", SCHEDULE);
  }

  private static <T> T named(ServiceLoader<T> loader, String key, String name) {
    return loader.stream()
        .filter(each -> each.type().isAnnotationPresent(PluginName.class))
        .filter(each -> each.type().getAnnotation(PluginName.class).value().equals(name))
        .map(ServiceLoader.Provider::get)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    key, "none", "must be given: the usual one, " + name + ", is not installed"));
  }
}

package org.score4j.recipe.plugin;

import java.util.List;
import java.util.ServiceLoader;

/** A place where plugins are looked for. */
interface Providers {
  /**
   * The classes that provide a service, none of them made, in an order that is the same every time;
   * possibly empty.
   *
   * @param problems gets a line for each that does not load
   */
  List<Class<?>> of(Service service, List<String> problems);

  /** Loads implementations of a service that recipes do not name. */
  <T> ServiceLoader<T> load(Class<T> service);
}

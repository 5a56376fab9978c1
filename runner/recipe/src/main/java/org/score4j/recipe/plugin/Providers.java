package org.score4j.recipe.plugin;

import java.util.List;

/** A place where plugins are looked for. */
@FunctionalInterface
interface Providers {
  /**
   * The classes that provide a service, none of them made, in an order that is the same every time;
   * possibly empty.
   *
   * @param problems gets a line for each that does not load
   */
  List<Class<?>> of(Service service, List<String> problems);
}

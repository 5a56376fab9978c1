package org.score4j.api;

/** Data to learn from, or to compare with. */
@PluginService
public interface Dataset {

  /**
   * Opens the data.
   *
   * @throws InvalidValueException if a component leads to data that cannot be read; the rule says
   *     what is wrong with them
   */
  Examples open();
}

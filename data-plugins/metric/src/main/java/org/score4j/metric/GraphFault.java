package org.score4j.metric;

import org.score4j.api.InvalidValueException;

/**
 * Makes the exception of the extractor whose graph is unsuitable. Made by the extractor itself, so
 * that the exception leads to its place in the recipe.
 */
@FunctionalInterface
interface GraphFault {

  /**
   * The exception to throw.
   *
   * @param key component of the extractor: {@code path}, {@code input}, ...
   * @param rule what it must be, what was found instead, and what to do
   */
  InvalidValueException of(String key, String rule);
}

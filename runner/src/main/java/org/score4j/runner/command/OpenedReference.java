package org.score4j.runner.command;

import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.runner.recipe.Recipe;
import org.score4j.runner.run.Evaluator;

/**
 * What samples are held against, while it is open.
 *
 * @param data what was learnt from
 * @param own the recipe's reference, opened; empty if that is the data
 */
record OpenedReference(Examples data, Optional<Examples> own) implements AutoCloseable {

  /**
   * Opens the recipe's reference, if it has one.
   *
   * @throws InvalidValueException if it cannot be read or is not like the data
   */
  static OpenedReference of(Recipe recipe, Examples data) {
    var opened = new OpenedReference(data, recipe.reference().map(Dataset::open));
    opened.own.ifPresent(
        reference -> {
          if (!reference.shape().equals(data.shape())
              || !reference.pixels().equals(data.pixels())) {
            opened.close();
            throw new InvalidValueException(
                "reference", told(reference), "must be like the data, " + told(data));
          }
        });
    return opened;
  }

  private static String told(Examples examples) {
    return "examples of shape "
        + examples.shape()
        + examples
            .pixels()
            .map(range -> " with pixels in [" + range.low() + ", " + range.high() + "]")
            .orElse("");
  }

  Evaluator.Reference get() {
    return new Evaluator.Reference(own.orElse(data));
  }

  @Override
  public void close() {
    own.ifPresent(Examples::close);
  }
}

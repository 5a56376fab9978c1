package org.score4j.recipe;

import java.util.List;
import java.util.Set;

/** Gives what a recipe leaves open the values of someone else, such as a network's authors. */
@FunctionalInterface
public interface Completion {

  /** Leaves every recipe as it is. */
  Completion NONE = (given, reader, writer) -> new Completed(List.of(), List.of());

  /**
   * A recipe as it was given.
   *
   * @param source what messages call it
   * @param recipe what was read
   * @param modelKeys the keys that its model gives, by the file or by settings
   */
  record Given(String source, Recipe recipe, Set<String> modelKeys) {}

  /**
   * What is added.
   *
   * @param settings further values, as in {@code model.label="step"}
   * @param notes what the user is told
   */
  record Completed(List<String> settings, List<String> notes) {
    /** Keeps copies. */
    public Completed {
      settings = List.copyOf(settings);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Completes a recipe.
   *
   * @throws org.score4j.recipe.plugin.BadInput if what it gives cannot be
   */
  Completed complete(Given given, RecipeReader reader, RecipeWriter writer);
}

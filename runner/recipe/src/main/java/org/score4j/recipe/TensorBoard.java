package org.score4j.recipe;

import org.score4j.api.Validation;
import org.score4j.recipe.plugin.Default;

/**
 * What goes into TensorBoard's event files beside loss, gradient norm and learning rate.
 *
 * @param samplesEvery steps between pictures of samples drawn with the averaged parameters; 0 for
 *     none
 * @param samples in such a picture
 * @param histogramsEvery steps between histograms of parameters and gradients; 0 for none
 */
public record TensorBoard(
    @Default("0") int samplesEvery, @Default("16") int samples, @Default("0") int histogramsEvery) {

  /** Checks the ranges. */
  public TensorBoard {
    Validation.begin()
        .atLeast("samplesEvery", samplesEvery, 0)
        .count("samples", samples, 1)
        .atLeast("histogramsEvery", histogramsEvery, 0)
        .end();
  }
}

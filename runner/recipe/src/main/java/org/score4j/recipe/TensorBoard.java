package org.score4j.recipe;

import org.score4j.api.Validation;

/**
 * What goes into TensorBoard's event files beside loss, gradient norm and learning rate.
 *
 * @param samplesEvery steps between pictures of samples drawn with the averaged parameters; 0 for
 *     none
 * @param samples in such a picture
 * @param histogramsEvery steps between histograms of parameters and gradients; 0 for none
 */
public record TensorBoard(int samplesEvery, int samples, int histogramsEvery) {

  /** Curves alone. */
  public TensorBoard() {
    this(0, 16, 0);
  }

  /** Checks the ranges. */
  public TensorBoard {
    Validation.begin()
        .atLeast("samplesEvery", samplesEvery, 0)
        .count("samples", samples, 1)
        .atLeast("histogramsEvery", histogramsEvery, 0)
        .end();
  }
}

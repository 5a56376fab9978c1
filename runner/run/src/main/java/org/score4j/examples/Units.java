package org.score4j.examples;

import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.Standardization;

/**
 * The change between the units of the data, which users see, and those of the model.
 *
 * @param standardization empty if they are the same
 */
public record Units(Optional<Standardization> standardization) {

  /** Those of opened data. */
  public static Units of(Examples examples) {
    return new Units(examples.standardization());
  }

  /** Examples as the model knows them, row-major, in the units of the data. */
  public float[] ofData(float[] model) {
    return standardization
        .map(
            change -> {
              float[] values = model.clone();
              change.undo(values);
              return values;
            })
        .orElse(model);
  }

  /** Examples in the units of the data, row-major, as the model knows them. */
  public float[] ofModel(float[] data) {
    return standardization
        .map(
            change -> {
              float[] values = data.clone();
              change.apply(values);
              return values;
            })
        .orElse(data);
  }

  /** Scores grad log p(x) of the model's x as those of the data's y: {@code / deviation}. */
  public float[] scoresOfData(float[] scores) {
    return standardization
        .map(
            change -> {
              float[] values = scores.clone();
              for (int i = 0; i < values.length; i++) {
                values[i] /= change.deviation().get(i % change.deviation().size());
              }
              return values;
            })
        .orElse(scores);
  }
}

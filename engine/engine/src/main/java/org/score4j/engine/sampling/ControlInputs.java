package org.score4j.engine.sampling;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.score4j.api.Control;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;

/**
 * Controls, and what they may ask for.
 *
 * @param controls in the order in which they wrap the field; possibly empty
 * @param pixels how bytes become numbers
 * @param standardization of the data that the model was trained on; empty if there is none
 * @param examples an example of the data by its number, row-major
 * @param classifiers the classifier of a run folder
 */
public record ControlInputs(
    List<Control> controls,
    PixelRange pixels,
    Optional<Standardization> standardization,
    LongFunction<float[]> examples,
    Function<Path, TrainedClassifier> classifiers) {

  /** Copies the list. */
  public ControlInputs {
    controls = List.copyOf(controls);
  }

  /** Of data that are not standardized. */
  public ControlInputs(
      List<Control> controls,
      PixelRange pixels,
      LongFunction<float[]> examples,
      Function<Path, TrainedClassifier> classifiers) {
    this(controls, pixels, Optional.empty(), examples, classifiers);
  }

  /** Controls that ask for nothing. */
  public ControlInputs(List<Control> controls) {
    this(
        controls,
        PixelRange.UNIT,
        number -> {
          throw new InvalidValueException("example", number, "cannot be given: there are no data");
        },
        run -> {
          throw new InvalidValueException("run", run, "cannot be given: there are no runs");
        });
  }

  /** No control. */
  public static ControlInputs none() {
    return new ControlInputs(List.of());
  }
}

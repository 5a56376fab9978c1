package org.score4j;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.device.NativeLog;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.SamplingFailure;
import org.score4j.training.TrainingFailure;

/** Translates what is thrown inside into the library's own exceptions. */
final class Boundary {
  static {
    // Before anything loads TensorFlow.
    NativeLog.level();
  }

  private Boundary() {}

  static <T> T within(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInput e) {
      throw new InvalidInputException(e.lines(), e);
    } catch (InvalidValueException e) {
      throw new InvalidInputException(e.faults().stream().map(Object::toString).toList(), e);
    } catch (TensorFileException e) {
      throw new InvalidInputException(List.of(e.getMessage()), e);
    } catch (TrainingFailure | SamplingFailure | UncheckedIOException e) {
      throw new RunFailedException(e.getMessage(), e);
    }
  }
}

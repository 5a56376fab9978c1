package org.score4j.run;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.score4j.InvalidInputException;
import org.score4j.RunFailedException;
import org.score4j.api.InvalidValueException;
import org.score4j.engine.device.NativeLog;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.sampling.SamplingFailure;
import org.score4j.training.TrainingFailure;

/** Translates what is thrown inside into the library's own exceptions. */
public final class Boundary {
  static {
    // Before anything loads TensorFlow.
    NativeLog.level();
  }

  private Boundary() {}

  /**
   * Lets work be done.
   *
   * @throws org.score4j.Score4jException in place of what the inside throws
   */
  public static <T> T within(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInput e) {
      throw new InvalidInputException(e.lines(), e);
    } catch (InvalidValueException e) {
      throw new InvalidInputException(e.faults().stream().map(Object::toString).toList(), e);
    } catch (TensorFileException e) {
      throw cancelled(e).orElseGet(() -> new InvalidInputException(List.of(e.getMessage()), e));
    } catch (TrainingFailure | SamplingFailure | UncheckedIOException e) {
      throw cancelled(e).orElseGet(() -> new RunFailedException(e.getMessage(), e));
    }
  }

  /** An interrupted thread can read and write no file. */
  private static Optional<RuntimeException> cancelled(RuntimeException fault) {
    if (!Thread.interrupted()) {
      return Optional.empty();
    }
    var cancelled = new CancellationException("interrupted");
    cancelled.initCause(fault);
    return Optional.of(cancelled);
  }
}

package org.score4j.run;

import com.google.inject.Injector;
import java.util.function.Function;
import java.util.function.Supplier;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.folder.DataOpener;
import org.score4j.folder.RunFolder;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;

/** A run whose data are open, with all that works on it. */
public final class OpenRun implements AutoCloseable {
  private final Opening opening;
  private final DataOpener data;
  private final Examples examples;
  private final OpenedReference reference;
  private final Injector injector;

  OpenRun(
      Opening opening,
      DataOpener data,
      Examples examples,
      OpenedReference reference,
      Injector injector) {
    this.opening = opening;
    this.data = data;
    this.examples = examples;
    this.reference = reference;
    this.injector = injector;
  }

  /** One of the classes that work on a run. */
  public <S> S get(Class<S> worker) {
    return injector.getInstance(worker);
  }

  /**
   * Lets a worker read the run, while it may still be training.
   *
   * @throws BadInput also in place of a plugin's exception, with its place in the recipe
   */
  public <S, T> T read(Class<S> worker, Function<S, T> work) {
    return located(() -> work.apply(get(worker)));
  }

  /**
   * Lets a worker write to the run's folder, which is locked meanwhile. Work that is refused for
   * its recipe leaves no folder that was made for it.
   *
   * @throws BadInput also in place of a plugin's exception, with its place in the recipe
   */
  public <S, T> T write(Class<S> worker, Function<S, T> work) {
    return located(
        () -> {
          // After the data are open, so that a recipe without data leaves no empty folder behind.
          try (RunFolder.Lock lock = opening.folder().lock()) {
            return keepingNothingRefused(lock, () -> work.apply(get(worker)));
          }
        });
  }

  private static <T> T keepingNothingRefused(RunFolder.Lock lock, Supplier<T> work) {
    try {
      return work.get();
    } catch (BadInput | InvalidValueException | TensorFileException refused) {
      lock.undo();
      throw refused;
    }
  }

  private <T> T located(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidValueException e) {
      throw data.located(e);
    }
  }

  @Override
  public void close() {
    reference.close();
    examples.close();
  }
}

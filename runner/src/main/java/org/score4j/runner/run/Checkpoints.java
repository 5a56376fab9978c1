package org.score4j.runner.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.engine.TensorFile;
import org.score4j.engine.TensorFileException;

/**
 * The checkpoints of a run, by step.
 *
 * @param folder where they are; it need not exist yet
 */
record Checkpoints(Path folder) {
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.safetensors");

  /** Where the checkpoint of a step is, or will be. */
  Path of(long step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
  }

  /** Whether there is none, sound or not. */
  boolean isEmpty() {
    return all().isEmpty();
  }

  /** The step of the newest one by name, sound or not; 0 if there is none. */
  long newestStep() {
    List<Path> all = all();
    return all.isEmpty() ? 0 : step(all.get(all.size() - 1));
  }

  /**
   * The newest one that is whole; empty if there is none at all.
   *
   * @param told gets a line for each damaged one that is passed over
   * @throws TensorFileException if there are checkpoints and all are damaged
   */
  Optional<TensorFile> newest(Consumer<String> told) {
    List<Path> all = all();
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        TensorFile file = TensorFile.open(all.get(i));
        file.verify();
        return Optional.of(file);
      } catch (TensorFileException e) {
        if (i == 0) {
          throw e;
        }
        told.accept(
            e.getMessage() + "; the checkpoint before it is used: " + all.get(i - 1).getFileName());
      }
    }
    return Optional.empty();
  }

  /** Puts what lies beyond a step out of the way, so that it is not taken for newer. */
  void setAsideAfter(long step) {
    for (Path file : all()) {
      if (step(file) > step) {
        move(file, file.resolveSibling(file.getFileName() + ".damaged"));
      }
    }
  }

  private static void move(Path file, Path target) {
    try {
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rename " + file + ": " + e.getMessage(), e);
    }
  }

  /** Deletes what a killed process left half-written. */
  void deleteUnfinished() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(f -> f.getFileName().toString().endsWith(".tmp")).forEach(Checkpoints::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Deletes all but the newest, and those of every so many steps.
   *
   * @param last how many of the newest, at least 1
   * @param every 0 for none beside the newest
   */
  void keep(int last, int every) {
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - last))) {
      if (every == 0 || step(old) % every != 0) {
        delete(old);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }

  private List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(Checkpoints::step))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static long step(Path checkpoint) {
    Matcher matcher = NAME.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }
}

package org.score4j.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.format.FileFailure;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;

/**
 * The checkpoints of a run, by the steps that they hold, whatever their names say.
 *
 * @param folder where they are; it need not exist yet
 */
public record Checkpoints(Path folder) {
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.safetensors");

  /**
   * A file named like a checkpoint.
   *
   * @param step that it holds; if that cannot be read, the step of its name
   */
  private record Named(Path file, long step) {
    public static Named of(Path file) {
      try {
        return new Named(file, TrainingState.of(TensorFile.open(file)).step());
      } catch (TensorFileException e) {
        return new Named(file, stepOfName(file));
      }
    }

    boolean isRenamed() {
      return step != stepOfName(file);
    }

    private static long stepOfName(Path file) {
      Matcher matcher = NAME.matcher(file.getFileName().toString());
      return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
  }

  /** Where the checkpoint of a step is, or will be. */
  public Path of(long step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
  }

  /** Whether there is none, sound or not. */
  public boolean isEmpty() {
    return files().isEmpty();
  }

  /** The step of the newest one, sound or not; 0 if there is none. */
  public long newestStep() {
    List<Named> all = all();
    return all.isEmpty() ? 0 : all.get(all.size() - 1).step();
  }

  /** The newest one, sound or not; empty if there is none. */
  public Optional<Path> newestFile() {
    List<Named> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).file());
  }

  /**
   * The newest one that is whole; empty if there is none at all.
   *
   * @param told gets a line for each damaged one that is passed over, and for one that is renamed
   *     or a folder
   * @throws TensorFileException if there are checkpoints and all are damaged
   */
  Optional<TensorFile> newest(Consumer<String> told) {
    named().stream()
        .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .forEach(file -> told.accept(file + ": is a folder, not a checkpoint; it is passed over"));
    List<Named> all = all();
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        TensorFile file = TensorFile.open(all.get(i).file());
        file.verify();
        long step = TrainingState.of(file).step();
        if (all.get(i).isRenamed()) {
          told.accept(
              file.path()
                  + ": holds step "
                  + step
                  + ", whatever its name says; it is used as that");
        }
        return Optional.of(file);
      } catch (TensorFileException e) {
        if (i == 0) {
          throw e;
        }
        told.accept(
            e.getMessage()
                + "; the checkpoint before it is used: "
                + all.get(i - 1).file().getFileName());
      }
    }
    return Optional.empty();
  }

  /** Puts damaged ones beyond a step out of the way, so that they are not taken for newer. */
  public void setAsideAfter(long step) {
    for (Named each : all()) {
      if (each.step() > step) {
        new SetAside(each.file()).asDamaged();
      }
    }
  }

  /**
   * Deletes all but the newest, and those of every so many steps.
   *
   * @param last how many of the newest, at least 1
   * @param every 0 for none beside the newest
   */
  public void keep(int last, int every) {
    List<Named> all = all();
    for (Named old : all.subList(0, Math.max(0, all.size() - last))) {
      if (every == 0 || old.step() % every != 0) {
        delete(old.file());
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file + ": " + FileFault.reason(e), e);
    }
  }

  private List<Named> all() {
    return files().stream()
        .map(Named::of)
        .sorted(Comparator.comparingLong(Named::step).thenComparing(Named::file))
        .toList();
  }

  private List<Path> files() {
    return named().stream()
        .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Whatever is named like a checkpoint. */
  List<Path> named() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).toList();
    } catch (IOException e) {
      throw FileFailure.listing(folder, e);
    }
  }
}

package org.score4j.runner.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.score4j.engine.TensorFile;
import org.score4j.runner.plugin.BadInput;

/**
 * What a run leaves: {@code manifest.json}, {@code checkpoints/}, {@code samples/}, {@code
 * metrics.jsonl}.
 */
public final class RunFolder {
  private static final Pattern CHECKPOINT = Pattern.compile("step-(\\d+)\\.safetensors");

  private final Path path;

  /** A run folder, whether or not there is anything in it yet. */
  public RunFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** The resolved recipe and where it ran. */
  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** One JSON object a line: loss and the like by step, and metrics of the samples. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Where samples and pictures of them go. */
  public Path samples() {
    return path.resolve("samples");
  }

  /** What metrics keep of the real data. */
  public Path evaluation() {
    return path.resolve("evaluation");
  }

  /** The checkpoint of a step. */
  public Path checkpoint(long step) {
    return checkpoints().resolve("step-%08d.safetensors".formatted(step));
  }

  private Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The newest checkpoint; empty if there is none. */
  public Optional<Path> newestCheckpoint() {
    List<Path> all = checkpointsByStep();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /**
   * The newest checkpoint.
   *
   * @throws BadInput if there is none
   */
  TensorFile trained() {
    return TensorFile.open(newestCheckpoint().orElseThrow(this::untrained));
  }

  /** What to say of a folder without a checkpoint. */
  BadInput untrained() {
    return new BadInput(
        path + ": holds no checkpoint; train first with: runner train --recipe RECIPE");
  }

  /** Deletes all but the newest checkpoints. */
  public void keepNewest(int count) {
    List<Path> all = checkpointsByStep();
    for (Path old : all.subList(0, Math.max(0, all.size() - count))) {
      try {
        Files.delete(old);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + old + ": " + e.getMessage(), e);
      }
    }
  }

  private List<Path> checkpointsByStep() {
    if (!Files.isDirectory(checkpoints())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints())) {
      return files
          .filter(file -> CHECKPOINT.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(RunFolder::step))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + checkpoints() + ": " + e.getMessage(), e);
    }
  }

  private static long step(Path checkpoint) {
    Matcher matcher = CHECKPOINT.matcher(checkpoint.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /**
   * Makes the folder ready to be written and keeps other processes out until the lock is closed.
   *
   * @throws BadInput if the folder cannot be written or another process is at work in it
   */
  public Lock lock() {
    try {
      Files.createDirectories(checkpoints());
      Files.createDirectories(samples());
      FileChannel channel =
          FileChannel.open(
              path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new BadInput(
            path
                + ": another process is at work in this run folder; wait for it, or choose another"
                + " --output");
      }
      return new Lock(channel);
    } catch (IOException e) {
      throw new BadInput(
          path + ": cannot be written (" + e + "); choose another folder with --output");
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The right to write in the folder, until closed. */
  public record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Writes a text file so that it appears whole or not at all. */
  static void writeAtomically(Path file, String text) {
    Path aside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(aside, text);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}

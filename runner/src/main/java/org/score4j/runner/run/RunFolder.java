package org.score4j.runner.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.engine.TensorFile;
import org.score4j.runner.plugin.BadInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run leaves: {@code manifest.json}, {@code checkpoints/}, {@code samples/}, {@code
 * metrics.jsonl}, {@code report.html}, TensorBoard events.
 */
public final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  private final Path path;

  /** A run folder, whether or not there is anything in it yet. */
  public RunFolder(Path path) {
    this.path = path;
  }

  /** The folder itself, as the user wrote it. */
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

  /** The page that shows it all. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Where samples and pictures of them go. */
  public Path samples() {
    return path.resolve("samples");
  }

  /** What metrics keep of the real data. */
  Path evaluation() {
    return path.resolve("evaluation");
  }

  /** TensorBoard's event file; its name is what TensorBoard looks for. */
  Path events() {
    return path.resolve("events.out.tfevents.score4j");
  }

  /** Figures for the page. */
  Path figures() {
    return path.resolve("figures");
  }

  /** Samples drawn while training, and pictures of them. */
  Path previews() {
    return path.resolve("previews");
  }

  /** The step of the newest checkpoint; 0 if there is none. */
  public long trainedTo() {
    return checkpoints().newestStep();
  }

  /** The checkpoints. */
  Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** The newest checkpoint that is whole; empty if there is none at all. */
  Optional<TensorFile> newestCheckpoint() {
    return checkpoints().newest(LOG::warn);
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @throws BadInput if there is none
   */
  TensorFile trained() {
    return newestCheckpoint().orElseThrow(this::untrained);
  }

  /** What to say of a folder without a checkpoint. */
  BadInput untrained() {
    return new BadInput(
        path + ": holds no checkpoint; train first with: runner train --recipe RECIPE");
  }

  /**
   * Makes the folder ready to be written and keeps other processes out until the lock is closed.
   *
   * @throws BadInput if the folder cannot be written or another process is at work in it
   */
  public Lock lock() {
    List<Path> made = missing();
    try {
      Files.createDirectories(checkpoints().folder());
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
      return new Lock(this, channel, made);
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

  /** The folder and those around it that have to be made, innermost first. */
  private List<Path> missing() {
    List<Path> missing = new ArrayList<>();
    for (Path each = path.toAbsolutePath().normalize();
        each != null && Files.notExists(each);
        each = each.getParent()) {
      missing.add(each);
    }
    return missing;
  }

  /**
   * The right to write in the folder, until closed.
   *
   * @param folder the folder
   * @param channel of the file that is locked
   * @param made folders that were made for it, innermost first; empty if it was there before
   */
  public record Lock(RunFolder folder, FileChannel channel, List<Path> made)
      implements AutoCloseable {

    /** Removes the folders that were made, unless there is something of worth in them. */
    public void undo() {
      if (made.isEmpty() || folder.trainedTo() > 0) {
        return;
      }
      try (Stream<Path> samples = Files.list(folder.samples());
          Stream<Path> files = Files.walk(made.get(0))) {
        if (samples.findAny().isEmpty()) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
          // Deletes no folder in which another run has begun.
          made.forEach(around -> around.toFile().delete());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

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
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}

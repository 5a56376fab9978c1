package org.score4j.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.score4j.format.AsideFile;
import org.score4j.format.FileFailure;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a run leaves: {@code manifest.json}, {@code checkpoints/}, {@code samples/}, {@code
 * metrics.jsonl}, {@code report.html}, TensorBoard events.
 */
public final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String LOCK = ".lock";

  private final Path path;
  private final Consumer<TensorFile> origin;
  private boolean toldOfBrokenLines;

  /** A run folder, whether or not there is anything in it yet. */
  public RunFolder(Path path) {
    this(path, checkpoint -> {});
  }

  private RunFolder(Path path, Consumer<TensorFile> origin) {
    this.path = path;
    this.origin = origin;
  }

  /**
   * The same folder, of whose checkpoints no other than those of its own run are used.
   *
   * @param origin refuses the others
   */
  RunFolder of(Consumer<TensorFile> origin) {
    return new RunFolder(path, origin);
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

  /** The lines of the log that can be read; a warning counts the others, once. */
  public List<JsonNode> logged() {
    LogLines lines = LogLines.of(metrics());
    if (lines.broken() > 0 && !toldOfBrokenLines) {
      toldOfBrokenLines = true;
      LOG.warn(
          "{}: {} of {} lines cannot be read and are passed over",
          metrics(),
          lines.broken(),
          lines.lines().size());
    }
    return lines.sound();
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
  public Path evaluation() {
    return path.resolve("evaluation");
  }

  /** TensorBoard's event file; its name is what TensorBoard looks for. */
  public Path events() {
    return path.resolve("events.out.tfevents.score4j");
  }

  /** Figures for the page. */
  public Path figures() {
    return path.resolve("figures");
  }

  /** Samples drawn while training, and pictures of them. */
  public Path previews() {
    return path.resolve("previews");
  }

  /** The step of the newest checkpoint; 0 if there is none. */
  public long trainedTo() {
    return checkpoints().newestStep();
  }

  /** The checksum of the newest checkpoint, as far as its header says; blank if there is none. */
  public String newestWeights() {
    return checkpoints()
        .newestFile()
        .flatMap(RunFolder::opened)
        .flatMap(TensorFile::checksum)
        .orElse("");
  }

  /** The checkpoints. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /**
   * The newest checkpoint that is whole; empty if there is none at all.
   *
   * @throws BadInput if it is of another run
   */
  public Optional<TensorFile> newestCheckpoint() {
    return newestCheckpoint(LOG::warn);
  }

  /** The same, with warnings to be passed on. */
  public Optional<TensorFile> newestCheckpoint(Consumer<String> told) {
    Optional<TensorFile> newest = checkpoints().newest(told);
    newest.ifPresent(origin);
    return newest;
  }

  /**
   * Makes sure that the newest checkpoint is of this run, as far as its header says.
   *
   * @throws BadInput if it is of another
   */
  void checkOrigin() {
    checkpoints().newestFile().flatMap(RunFolder::opened).ifPresent(origin);
  }

  private static Optional<TensorFile> opened(Path file) {
    try {
      return Optional.of(TensorFile.open(file));
    } catch (TensorFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @throws BadInput if there is none
   */
  public TensorFile trained() {
    return newestCheckpoint().orElseThrow(this::untrained);
  }

  /** What to say of a folder without a checkpoint. */
  public BadInput untrained() {
    return new BadInput(
        path + ": holds no checkpoint; train first with: runner train --recipe RECIPE");
  }

  /**
   * Makes a folder of the run, if it is missing.
   *
   * @param inner one of this folder's own
   * @throws BadInput if it cannot be made, or is a link to elsewhere, where nothing is written
   */
  public Path made(Path inner) {
    refuseLink(inner);
    if (Files.exists(inner) && !Files.isDirectory(inner)) {
      throw new BadInput(
          inner + ": is no folder, where a run folder has one; delete it or move it away");
    }
    try {
      return Files.createDirectories(inner);
    } catch (IOException e) {
      throw new BadInput(inner + ": cannot be made: " + FileFault.reason(e));
    }
  }

  /** A run folder may come from anyone: what it links to is not written to. */
  private static void refuseLink(Path inside) {
    if (Files.isSymbolicLink(inside)) {
      throw new BadInput(
          inside
              + ": is a symbolic link, and nothing is written through links in a run folder;"
              + " replace it with what it leads to, or delete it");
    }
  }

  /** Nor to a folder, and no pipe is waited for. */
  private static void refuseOdd(Path file) {
    refuseLink(file);
    refuseFolder(file);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw odd(file, "a pipe or a device");
    }
  }

  private static void refuseFolder(Path file) {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw odd(file, "a folder");
    }
  }

  private static BadInput odd(Path file, String what) {
    return new BadInput(
        file + ": is " + what + ", where a run folder has a file; delete it or move it away");
  }

  /**
   * Makes the folder ready to be written and keeps other processes out until the lock is closed.
   *
   * @throws BadInput if the folder cannot be written, holds links where something is written, or
   *     another process is at work in it
   */
  public Lock lock() {
    List<Path> made = missing();
    Path file = path.resolve(LOCK);
    FileChannel channel = locked(file, made);
    try {
      List<Path> folders = new ArrayList<>(List.of(path));
      List.of(checkpoints().folder(), samples()).forEach(inner -> folders.add(made(inner)));
      for (Path inner : List.of(previews(), evaluation(), figures())) {
        refuseLink(inner);
        folders.add(inner);
      }
      List.of(metrics(), events()).forEach(RunFolder::refuseOdd);
      checkpoints().named().forEach(RunFolder::refuseFolder);
      if (!Files.isSymbolicLink(manifest())) {
        refuseOdd(manifest());
      }
      folders.forEach(RunFolder::deleteUnfinished);
      return new Lock(this, channel, made);
    } catch (RuntimeException e) {
      new Lock(this, channel, made).undo();
      close(channel);
      throw e;
    }
  }

  private FileChannel locked(Path file, List<Path> made) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      refuseOdd(file);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new BadInput(
            path
                + ": another process is at work in this run folder; wait for it, or choose another"
                + " --output");
      }
      return channel;
    } catch (IOException e) {
      made.forEach(folder -> folder.toFile().delete());
      throw new BadInput(
          path
              + ": cannot be written: "
              + FileFault.reason(e)
              + "; make it writable, or choose another folder");
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Deletes what a killed process left half-written. */
  private static void deleteUnfinished(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(RunFolder::isUnfinished).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().endsWith(AsideFile.UNFINISHED)
        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
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

    /**
     * Removes the folder if it was made for this work and nothing was made in it: files that every
     * run begins with are deleted, and folders that are then empty. Whatever else there is stays.
     */
    public void undo() {
      Path path = folder.path();
      List<Path> worth = List.of(folder.checkpoints().folder(), folder.samples());
      if (made.isEmpty() || !worth.stream().allMatch(Lock::isEmpty)) {
        return;
      }
      List<Path> beginnings =
          List.of(
              path.resolve(LOCK),
              folder.manifest(),
              folder.metrics(),
              folder.events(),
              folder.report());
      beginnings.forEach(file -> file.toFile().delete());
      // Deletes no folder with anything in it.
      worth.forEach(inner -> inner.toFile().delete());
      made.forEach(around -> around.toFile().delete());
    }

    private static boolean isEmpty(Path inner) {
      try (Stream<Path> files = Files.list(inner)) {
        return files.findAny().isEmpty();
      } catch (IOException e) {
        return !Files.exists(inner, LinkOption.NOFOLLOW_LINKS);
      }
    }

    @Override
    public void close() {
      RunFolder.close(channel);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(FileFault.reason(e), e);
    }
  }

  /** Writes a text file so that it appears whole or not at all. */
  public static void writeAtomically(Path file, String text) {
    AsideFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}

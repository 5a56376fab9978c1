package org.score4j.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears whole or not at all: written beside its place, forced to the disk, renamed.
 * No symbolic link is followed, so that nothing but the file of this name is replaced; and a file
 * that is not finished leaves nothing behind.
 */
public final class AsideFile implements AutoCloseable {
  /** What the names of unfinished files end in, which nobody goes on with. */
  public static final String UNFINISHED = ".tmp";

  private static final String RESUMABLE = ".part";

  private final Path path;
  private final Path aside;
  private final FileChannel channel;
  private boolean settled;

  private AsideFile(Path path, Path aside, FileChannel channel) {
    this.path = path;
    this.aside = aside;
    this.channel = channel;
  }

  /** What writes a file. */
  @FunctionalInterface
  public interface Writing {
    /** Writes all of it. */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @throws java.io.UncheckedIOException if the disk refuses; what was there is then unchanged
   */
  public static void write(Path path, Writing writing) {
    try (AsideFile file = start(path)) {
      writing.to(Channels.newOutputStream(file.channel()));
      file.finish();
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  /**
   * Starts a file, whose folder exists.
   *
   * @throws java.io.UncheckedIOException if the disk refuses
   */
  public static AsideFile start(Path path) {
    while (true) {
      String fresh = String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
      Path aside = path.resolveSibling(path.getFileName() + "." + fresh + UNFINISHED);
      try {
        return new AsideFile(path, aside, create(aside));
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        throw FileFailure.writing(path, e);
      }
    }
  }

  /**
   * Opens what an earlier start left {@link #suspend suspended}, or starts the file.
   *
   * @throws java.io.UncheckedIOException if the disk refuses
   */
  static AsideFile resume(Path path) {
    Path aside = resumable(path);
    try {
      if (Files.isRegularFile(aside, LinkOption.NOFOLLOW_LINKS)) {
        FileChannel channel =
            FileChannel.open(
                aside,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return new AsideFile(path, aside, channel);
      }
      Files.deleteIfExists(aside);
      return new AsideFile(path, aside, create(aside));
    } catch (IOException e) {
      throw FileFailure.writing(aside, e);
    }
  }

  /** Where what was {@link #suspend suspended} waits. */
  static Path resumable(Path path) {
    return path.resolveSibling(path.getFileName() + RESUMABLE);
  }

  private static FileChannel create(Path aside) throws IOException {
    return FileChannel.open(
        aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Where to write. */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Gives the file its name.
   *
   * @throws java.io.UncheckedIOException if the disk refuses; what was there is then unchanged
   */
  public void finish() {
    try {
      channel.force(true);
      channel.close();
      Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      settled = true;
      forceFolder(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  /** Makes the renaming itself durable, where the operating system lets a folder be opened. */
  private static void forceFolder(Path folder) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** Leaves the file as it is, for {@link #resume}. */
  void suspend() {
    try (channel) {
      settled = true;
      if (channel.isOpen()) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  /** Leaves nothing of a file that is not finished or suspended. */
  @Override
  public void close() {
    try (channel) {
      if (!settled) {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }
}

package org.score4j.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.score4j.format.FileFailure;

/**
 * A file of a run that is not used as it stands, though something in it may be worth saving.
 *
 * @param file where it is
 */
public record SetAside(Path file) {
  /**
   * Puts a damaged one out of the way, under a name that was free.
   *
   * @return the new name
   * @throws java.io.UncheckedIOException if it cannot be renamed
   */
  public Path asDamaged() {
    return under(".damaged");
  }

  /** The same with a sound one that another command left. */
  public Path asOfAnother() {
    return under(".other");
  }

  private Path under(String ending) {
    Path aside =
        IntStream.iterate(1, n -> n + 1)
            .mapToObj(n -> file.getFileName() + ending + (n == 1 ? "" : "-" + n))
            .map(file::resolveSibling)
            .filter(free -> !Files.exists(free, LinkOption.NOFOLLOW_LINKS))
            .findFirst()
            .orElseThrow();
    try {
      return Files.move(file, aside);
    } catch (IOException e) {
      throw FileFailure.writing(aside, e);
    }
  }
}

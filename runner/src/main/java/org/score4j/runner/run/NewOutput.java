package org.score4j.runner.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.score4j.runner.plugin.BadInput;

/**
 * Where a command is to write what it makes.
 *
 * @param path of the file or folder
 * @param force whether what is there is to be replaced
 */
public record NewOutput(Path path, boolean force) {

  /**
   * Looks whether it can be written, before any work is done.
   *
   * @throws BadInput if there is something already, or no folder for it
   */
  void check() {
    if (Files.exists(path) && !force) {
      throw new BadInput(path + ": exists; choose another --output, or replace it with --force");
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new BadInput(
          path + ": there is no folder " + folder + " to write it to; make it first");
    }
  }

  /**
   * The same for a file.
   *
   * @throws BadInput also if it is a folder
   */
  void checkFile() {
    check();
    if (Files.isDirectory(path)) {
      throw new BadInput(path + ": is a folder; name a file with --output");
    }
  }
}

package org.score4j.runner.run;

import java.io.IOException;
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
   * Makes sure that it can be written, before any work is done: a folder that is missing is made.
   *
   * @throws BadInput if there is something already, or no folder can be made for it
   */
  public void check() {
    if (Files.exists(path) && !force) {
      throw new BadInput(path + ": exists; choose another --output, or replace it with --force");
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new BadInput(path + ": is no file or folder; choose another --output");
    }
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInput(path + ": its folder cannot be made (" + e + "); choose another --output");
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

package org.score4j.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.score4j.format.FileFault;
import org.score4j.recipe.plugin.BadInput;

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
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !force) {
      throw new BadInput(path + ": exists; choose another --output, or replace it with --force");
    }
    checkPlace();
  }

  /**
   * Makes sure that something of this name can be written, whether or not it is there.
   *
   * @throws BadInput if it is neither file nor folder, or its folder cannot be written
   */
  public void checkPlace() {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new BadInput(path + ": is a device or the like; name a file with --output");
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new BadInput(path + ": is no file or folder; choose another --output");
    }
    if (Files.isDirectory(folder)) {
      if (!Files.isWritable(folder)) {
        throw new BadInput(
            path + ": its folder cannot be written: permission denied; choose another --output");
      }
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInput(
          path
              + ": its folder cannot be made ("
              + FileFault.reason(e)
              + "); choose another --output");
    }
  }

  /**
   * The same for a file.
   *
   * @throws BadInput also if it is a folder
   */
  public void checkFile() {
    check();
    refuseFolder();
  }

  /** Makes sure that a file of this name can be written, whether or not it is there. */
  public void checkFilePlace() {
    checkPlace();
    refuseFolder();
  }

  private void refuseFolder() {
    if (Files.isDirectory(path)) {
      throw new BadInput(path + ": is a folder; name a file with --output");
    }
  }
}

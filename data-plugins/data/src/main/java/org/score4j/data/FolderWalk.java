package org.score4j.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.score4j.api.InvalidValueException;
import org.score4j.format.FileFault;

/** Finds the files of a folder and all below it; links are followed, but in no circle. */
final class FolderWalk {
  private final String component;
  private final List<String> images = new ArrayList<>();
  private final List<Listing.Unusable> unusable = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final List<String> loops = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private final Set<Path> above = new HashSet<>();

  private FolderWalk(String component) {
    this.component = component;
  }

  /**
   * Lists a folder.
   *
   * @param component the recipe key that led to it, for errors
   * @throws InvalidValueException if it, or a folder in it, cannot be read
   */
  static Listing list(String component, Path folder) {
    var walk = new FolderWalk(component);
    walk.visit(folder, "");
    walk.images.sort(Comparator.naturalOrder());
    walk.unusable.sort(Comparator.comparing(Listing.Unusable::name));
    walk.others.sort(Comparator.naturalOrder());
    walk.folders.sort(Comparator.naturalOrder());
    return new Listing(walk.images, walk.unusable, walk.others, walk.loops, walk.folders);
  }

  private void visit(Path folder, String prefix) {
    try {
      Path real = folder.toRealPath();
      if (!above.add(real)) {
        loops.add(prefix.substring(0, prefix.length() - 1));
        return;
      }
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
        inside.forEach(path -> visit(path, path.getFileName().toString(), prefix));
      }
      above.remove(real);
    } catch (DirectoryIteratorException e) {
      throw fault(folder, e.getCause());
    } catch (IOException e) {
      throw fault(folder, e);
    }
  }

  private void visit(Path path, String name, String prefix) {
    if (FileNames.system(name)) {
      return;
    }
    if (!path.resolveSibling(name).equals(path)) {
      // Paths that are made of the name would lead nowhere.
      unusable.add(
          new Listing.Unusable(
              prefix + name,
              "a name in another encoding than " + FileNames.encoding() + "; rename it"));
    } else if (Files.isDirectory(path)) {
      if (prefix.isEmpty()) {
        folders.add(name);
      }
      visit(path, prefix + name + "/");
    } else if (!FileNames.image(name)) {
      if (prefix.isEmpty() && name.equals(DatasetJson.NAME)) {
        return;
      }
      others.add(prefix + name);
    } else if (!Files.isRegularFile(path)) {
      boolean link = Files.isSymbolicLink(path) && !Files.exists(path);
      String reason = link ? "a link to a file that does not exist" : "not a regular file";
      unusable.add(new Listing.Unusable(prefix + name, reason));
    } else if (!Files.isReadable(path)) {
      unusable.add(new Listing.Unusable(prefix + name, "permission denied"));
    } else {
      images.add(prefix + name);
    }
  }

  private InvalidValueException fault(Path folder, IOException e) {
    boolean exists = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    return new InvalidValueException(
        component,
        folder + ": " + FileFault.reason(e),
        exists ? "must be a folder that can be read, with all folders in it" : "must be a folder");
  }
}

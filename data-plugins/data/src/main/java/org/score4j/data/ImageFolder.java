package org.score4j.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.data.image.Memory;
import org.score4j.data.image.Picture;
import org.score4j.data.image.PictureDecoder;

/**
 * A folder of PNG, JPEG, BMP and GIF files, of any number, read when they are needed; in the order
 * of their names. Examples are [H, W, C].
 *
 * <p>Files in sub-folders are labelled with the number of the sub-folder, counted from 0 in the
 * order of the names; deeper folders belong to the one they are in. If there is a {@code
 * dataset.json}, as EDM's tools write it, the labels are those it gives.
 *
 * @param path the folder
 * @param labels whether the images are labelled, if the folder says how; true by default
 * @param size of the examples, up to 16384: one number for squares, or height and width as in
 *     {@code [48, 64]}; that of the first image if empty
 * @param channels 1 for grey, 3 for colour, to which all images are converted; if empty, what the
 *     first image has, and all must have
 * @param resize what is done with images of another size; by default they are refused
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 */
@PluginName("image-folder")
public record ImageFolder(
    @Required Path path,
    boolean labels,
    Optional<List<Integer>> size,
    Optional<Integer> channels,
    Resize resize,
    boolean centered)
    implements Dataset {
  static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

  /** Up to this much, all content goes into the fingerprint. */
  private static final long SMALL = 1 << 26;

  /** Labels if there are sub-folders, shape of the first image, pixels in [0, 1]. */
  public ImageFolder() {
    this(Path.of("images"), true, Optional.empty(), Optional.empty(), Resize.NONE, false);
  }

  /** Checks the components. */
  public ImageFolder {
    Fitting.check(Validation.begin(), size, channels).end();
  }

  @Override
  public Examples open() {
    try {
      List<Path> files = files();
      return ArchivedImages.open(
          new Folder(path, files),
          new Fitting(size, channels, resize),
          labels ? labels(files) : ArchivedImages.Labels.NONE,
          centered,
          fingerprint(files));
    } catch (IOException e) {
      throw fault(path, e.toString(), "must be a folder that can be read");
    }
  }

  /** Paths relative to the folder, in an order that is the same on every machine. */
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      throw fault(path, Files.exists(path) ? "not a folder" : "no such folder", "must be a folder");
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      files =
          all.filter(ImageFolder::isImage)
              .map(path::relativize)
              .sorted(Comparator.comparing(ImageFolder::name))
              .toList();
    }
    if (files.isEmpty()) {
      throw fault(path, "no such file", "must hold " + String.join(", ", ENDINGS) + " files");
    }
    return files;
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    // Names that begin with a dot are other programs' notes, not images.
    return !name.startsWith(".")
        && ENDINGS.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(file);
  }

  private static String name(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private ArchivedImages.Labels labels(List<Path> files) throws IOException {
    Path json = path.resolve(DatasetJson.NAME);
    if (Files.isRegularFile(json)) {
      List<String> names = files.stream().map(ImageFolder::name).toList();
      return DatasetJson.labels("path", json.toString(), Files.newInputStream(json), names);
    }
    List<String> folders =
        new ArrayList<>(
            new TreeSet<>(
                files.stream()
                    .filter(file -> file.getNameCount() > 1)
                    .map(file -> file.getName(0).toString())
                    .toList()));
    if (folders.isEmpty()) {
      return ArchivedImages.Labels.NONE;
    }
    int[] classes = new int[files.size()];
    for (int i = 0; i < classes.length; i++) {
      Path file = files.get(i);
      if (file.getNameCount() == 1) {
        throw fault(
            path.resolve(file),
            "an image beside sub-folders",
            "must hold images in sub-folders, one for each class, or none; set labels to false if"
                + " the sub-folders mean nothing");
      }
      classes[i] = Collections.binarySearch(folders, file.getName(0).toString());
    }
    return ArchivedImages.Labels.of(classes, List.copyOf(folders));
  }

  /**
   * Of names and lengths, and of all content if that is little; else of the times of the last
   * changes, as reading a large data set through takes too long.
   */
  private String fingerprint(List<Path> files) throws IOException {
    long total = 0;
    for (Path file : files) {
      total += Files.size(path.resolve(file));
    }
    Fingerprint fingerprint = new Fingerprint("image-folder").with(files.size());
    for (Path relative : files) {
      Path file = path.resolve(relative);
      fingerprint.with(name(relative)).with(Files.size(file));
      if (total <= SMALL) {
        fingerprint.with(Files.readAllBytes(file));
      } else {
        fingerprint.with(Files.getLastModifiedTime(file).toMillis());
      }
    }
    Path json = path.resolve(DatasetJson.NAME);
    if (labels && Files.isRegularFile(json)) {
      try (StoredFile file = StoredFile.open("path", json)) {
        file.addTo(fingerprint, 0, Long.MAX_VALUE);
      }
    }
    return fingerprint.with(labels ? 1 : 0).hex();
  }

  private static InvalidValueException fault(Path file, String found, String rule) {
    return new InvalidValueException("path", file + ": " + found, rule);
  }

  private record Folder(Path path, List<Path> files) implements ImageArchive {
    @Override
    public int count() {
      return files.size();
    }

    @Override
    public String name(int index) {
      return path.resolve(files.get(index)).toString();
    }

    @Override
    public Picture picture(int index) throws IOException {
      Path file = path.resolve(files.get(index));
      try {
        if (Files.size(file) > Memory.largestPiece()) {
          throw new IOException(Files.size(file) + " bytes, but it " + Memory.rule());
        }
        return new PictureDecoder(java.util.Optional.empty()).decode(Files.readAllBytes(file));
      } catch (NoSuchFileException e) {
        throw new IOException("it is no longer there", e);
      }
    }

    @Override
    public InvalidValueException fault(int index, String found, String rule) {
      return new InvalidValueException("path", name(index) + ": " + found, rule);
    }

    @Override
    public void close() {
      // Files are open only while they are read.
    }
  }
}

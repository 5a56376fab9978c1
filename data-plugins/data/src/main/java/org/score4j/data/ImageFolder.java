package org.score4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.Validation;
import org.score4j.data.image.Background;
import org.score4j.data.image.Memory;
import org.score4j.data.image.Picture;
import org.score4j.data.image.PictureDecoder;
import org.score4j.format.FileFault;

/**
 * A folder of PNG, JPEG, GIF, BMP, TIFF and WebP files, of any number, read when they are needed;
 * in the order of their names. Examples are [H, W, C]. Images are turned upright by EXIF, samples
 * of more than 8 bits are rounded to 8, of an animation the first frame is taken. Hidden and system
 * folders and files are passed over.
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
 * @param background the color [red, green, blue] behind transparent images, each from 0 to 255; if
 *     empty, the default, transparency is ignored: pixels have the color that is stored for them
 * @param broken what is done with images that cannot be read; by default they are refused. To skip
 *     them takes decoding all images once when the data are opened
 */
@PluginName("image-folder")
public record ImageFolder(
    @Required Path path,
    boolean labels,
    Optional<List<Integer>> size,
    Optional<Integer> channels,
    Resize resize,
    boolean centered,
    List<Integer> background,
    Broken broken)
    implements Dataset {

  /** Up to this much, all content goes into the fingerprint. */
  private static final long SMALL = 1 << 26;

  /** Labels if there are sub-folders, shape of the first image, pixels in [0, 1]. */
  public ImageFolder() {
    this(
        Path.of("images"),
        true,
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  /** Checks the components. */
  public ImageFolder {
    Background.check(Fitting.check(Validation.begin(), size, channels), background).end();
    background = List.copyOf(background);
  }

  @Override
  public Examples open() {
    if (!Files.isDirectory(path)) {
      throw fault(path, Files.exists(path) ? "not a folder" : "no such folder", "must be a folder");
    }
    Listing listing = FolderWalk.list("path", path);
    List<String> warnings = new ArrayList<>(listing.warnings(path.toString()));
    Folder folder = folder(listing, warnings);
    if (labels && !Files.isRegularFile(path.resolve(DatasetJson.NAME))) {
      warnings.addAll(ClassFolders.warnings(path.toString(), folder.names, listing.folders()));
    }
    try {
      return ArchivedImages.open(
          folder,
          new Fitting(size, channels, resize),
          labels ? labels(folder.names) : ArchivedImages.Labels.NONE,
          centered,
          fingerprint(folder.names),
          warnings);
    } catch (IOException e) {
      throw fault(path, FileFault.reason(e), "must be a folder that can be read");
    }
  }

  /** The images that are used. */
  private Folder folder(Listing listing, List<String> warnings) {
    PictureDecoder decoder = new PictureDecoder(Background.of(background));
    List<String> names = listing.images();
    List<Listing.Unusable> left = new ArrayList<>(listing.unusable());
    if (names.isEmpty() && left.isEmpty()) {
      throw fault(path, "no image", "must hold " + FileNames.endings() + " files");
    }
    if (broken == Broken.REFUSE) {
      if (!left.isEmpty()) {
        throw BrokenImages.fault("path", path.toString(), left);
      }
      return new Folder(path, names, decoder);
    }
    List<String> whole =
        BrokenImages.leaveOut(new Folder(path, names, decoder), names, names, left);
    if (!left.isEmpty()) {
      warnings.add(
          Listing.skipped(path.toString(), left, names.size() + listing.unusable().size()));
    }
    if (whole.isEmpty()) {
      throw BrokenImages.fault("path", path.toString(), left);
    }
    return new Folder(path, whole, decoder);
  }

  private ArchivedImages.Labels labels(List<String> names) throws IOException {
    Path json = path.resolve(DatasetJson.NAME);
    return Files.isRegularFile(json)
        ? DatasetJson.labels("path", json.toString(), Files.newInputStream(json), names)
        : ClassFolders.labels(names, (name, found, rule) -> fault(path.resolve(name), found, rule));
  }

  /**
   * Of names and lengths, and of all content if that is little; else of the times of the last
   * changes, as reading a large data set through takes too long. Images that are skipped do not
   * count, so that removing them changes nothing.
   */
  private String fingerprint(List<String> names) throws IOException {
    long total = 0;
    for (String name : names) {
      total += Files.size(path.resolve(name));
    }
    Fingerprint fingerprint = new Fingerprint("image-folder").with(names.size());
    for (String name : names) {
      Path file = path.resolve(name);
      fingerprint.with(name).with(Files.size(file));
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
    background.forEach(fingerprint::with);
    return fingerprint.with(labels ? 1 : 0).hex();
  }

  private static InvalidValueException fault(Path file, String found, String rule) {
    return new InvalidValueException("path", file + ": " + found, rule);
  }

  private record Folder(Path path, List<String> names, PictureDecoder decoder)
      implements ImageArchive {
    @Override
    public int count() {
      return names.size();
    }

    @Override
    public String name(int index) {
      return path.resolve(names.get(index)).toString();
    }

    @Override
    public Picture picture(int index) throws IOException {
      Path file = path.resolve(names.get(index));
      try {
        if (Files.size(file) > Memory.largestPiece()) {
          throw new IOException(Files.size(file) + " bytes, but it " + Memory.rule());
        }
        return decoder.decode(Files.readAllBytes(file));
      } catch (NoSuchFileException e) {
        throw new IOException("it is no longer there", e);
      }
    }

    @Override
    public String rule() {
      return BrokenImages.RULE;
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

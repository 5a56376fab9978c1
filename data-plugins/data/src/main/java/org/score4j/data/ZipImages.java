package org.score4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
 * Images in a zip file, compressed or stored, as EDM's {@code dataset_tool.py} packs them (Karras
 * et al. 2022, arXiv:2206.00364): in the order of their names, read when they are needed, and
 * labelled by a {@code dataset.json} among them if there is one. Checksums are checked. Examples
 * are [H, W, C].
 *
 * @param path the zip file, of PNG, JPEG, BMP or GIF images
 * @param labels whether the images are labelled, if the file says how; true by default
 * @param size of the examples, up to 16384: one number for squares, or height and width as in
 *     {@code [48, 64]}; that of the first image if empty
 * @param channels 1 for grey, 3 for colour, to which all images are converted; if empty, what the
 *     first image has, and all must have
 * @param resize what is done with images of another size; by default they are refused
 * @param centered whether pixels are to lie in [-1, 1] rather than [0, 1], the default
 */
@PluginName("zip")
public record ZipImages(
    @Required Path path,
    boolean labels,
    Optional<List<Integer>> size,
    Optional<Integer> channels,
    Resize resize,
    boolean centered)
    implements Dataset {

  /** Labels if there are any, shape of the first image, pixels in [0, 1]. */
  public ZipImages() {
    this(Path.of("images.zip"), true, Optional.empty(), Optional.empty(), Resize.NONE, false);
  }

  /** Checks the components. */
  public ZipImages {
    Fitting.check(Validation.begin(), size, channels).end();
  }

  @Override
  public Examples open() {
    if (!Files.isRegularFile(path)) {
      throw fault(Files.exists(path) ? "not a plain file" : "no such file", "must be a zip file");
    }
    Archive archive = archive();
    try {
      Fingerprint source = new Fingerprint("zip").with(archive.count());
      for (ZipEntry entry : archive.entries) {
        source.with(entry.getName()).with(entry.getSize()).with(entry.getCrc());
      }
      ArchivedImages.Labels known = ArchivedImages.Labels.NONE;
      ZipEntry json = archive.zip.getEntry(DatasetJson.NAME);
      if (labels && json != null) {
        source.with(json.getSize()).with(json.getCrc());
        known =
            DatasetJson.labels(
                "path",
                path + "/" + DatasetJson.NAME,
                archive.zip.getInputStream(json),
                archive.entries.stream().map(ZipEntry::getName).toList());
      }
      return ArchivedImages.open(
          archive, new Fitting(size, channels, resize), known, centered, source.hex());
    } catch (IOException e) {
      archive.close();
      throw fault(e.toString(), "must be an undamaged zip file");
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private Archive archive() {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      List<ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory() && isImage(entry.getName()))
              .<ZipEntry>map(entry -> entry)
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      if (entries.isEmpty()) {
        zip.close();
        throw fault("no image", "must hold " + String.join(", ", ImageFolder.ENDINGS) + " files");
      }
      return new Archive(path, zip, entries);
    } catch (IOException e) {
      throw fault(String.valueOf(e.getMessage()), "must be an undamaged zip file");
    }
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ImageFolder.ENDINGS.stream().anyMatch(lower::endsWith);
  }

  private InvalidValueException fault(String found, String rule) {
    return new InvalidValueException("path", path + ": " + found, rule);
  }

  private record Archive(Path path, ZipFile zip, List<ZipEntry> entries) implements ImageArchive {
    @Override
    public int count() {
      return entries.size();
    }

    @Override
    public String name(int index) {
      return path + "/" + entries.get(index).getName();
    }

    @Override
    public Picture picture(int index) throws IOException {
      ZipEntry entry = entries.get(index);
      if (entry.getSize() > Memory.largestPiece()) {
        throw new IOException(entry.getSize() + " bytes, but it " + Memory.rule());
      }
      try (InputStream stream = zip.getInputStream(entry)) {
        // One more than there should be, so that an entry that unpacks to more is noticed.
        byte[] content = stream.readNBytes((int) entry.getSize() + 1);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (content.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
          throw new IOException("content that does not have the length and checksum given for it");
        }
        return new PictureDecoder(java.util.Optional.empty()).decode(content);
      }
    }

    @Override
    public InvalidValueException fault(int index, String found, String rule) {
      return new InvalidValueException("path", name(index) + ": " + found, rule);
    }

    @Override
    public void close() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

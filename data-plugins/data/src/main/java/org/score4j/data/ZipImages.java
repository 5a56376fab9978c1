package org.score4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.score4j.data.image.Background;
import org.score4j.data.image.Memory;
import org.score4j.data.image.Picture;
import org.score4j.data.image.PictureDecoder;
import org.score4j.format.FileFault;

/**
 * Images in a zip file, compressed or stored, as EDM's {@code dataset_tool.py} packs them (Karras
 * et al. 2022, arXiv:2206.00364) or any other program: in the order of their names, read when they
 * are needed. Checksums are checked. Examples are [H, W, C]. Formats, classes and what is passed
 * over are those of {@code image-folder} for the unpacked files; folders that hold all images are
 * no classes.
 *
 * @param path the zip file, of PNG, JPEG, GIF, BMP, TIFF or WebP images
 * @param labels whether the images are labelled, if {@code dataset.json} or folders say how; true
 *     by default
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
@PluginName("zip")
public record ZipImages(
    @Required Path path,
    boolean labels,
    Optional<List<Integer>> size,
    Optional<Integer> channels,
    Resize resize,
    boolean centered,
    List<Integer> background,
    Broken broken)
    implements Dataset {

  /** Labels if there are any, shape of the first image, pixels in [0, 1]. */
  public ZipImages() {
    this(
        Path.of("images.zip"),
        true,
        Optional.empty(),
        Optional.empty(),
        Resize.NONE,
        false,
        List.of(),
        Broken.REFUSE);
  }

  /** Checks the components. */
  public ZipImages {
    Background.check(Fitting.check(Validation.begin(), size, channels), background).end();
    background = List.copyOf(background);
  }

  @Override
  public Examples open() {
    if (!Files.isRegularFile(path)) {
      throw fault(Files.exists(path) ? "not a plain file" : "no such file", "must be a zip file");
    }
    ZipFile zip = ZipOpening.open(path);
    try {
      return open(zip);
    } catch (IOException e) {
      close(zip);
      throw fault(FileFault.reason(e), "must be an undamaged zip file");
    } catch (RuntimeException e) {
      close(zip);
      throw e;
    }
  }

  private Examples open(ZipFile zip) throws IOException {
    ZipListing listing = ZipListing.of(path.toString(), zip);
    Listing passedOver =
        new Listing(List.of(), List.of(), listing.others(), List.of(), listing.folders());
    List<String> warnings = new ArrayList<>(passedOver.warnings(path.toString()));
    if (listing.images().isEmpty()) {
      throw fault(
          listing.others().isEmpty() ? "no image" : "no image, but " + listing.others().get(0),
          "must hold " + FileNames.endings() + " files");
    }
    var decoder = new PictureDecoder(Background.of(background));
    var archive = whole(new Archive(path, zip, listing.images(), decoder), warnings);
    if (labels && listing.json().isEmpty()) {
      warnings.addAll(ClassFolders.warnings(path.toString(), archive.names(), listing.folders()));
    }
    Fingerprint source = new Fingerprint("zip").with(archive.count());
    for (ZipListing.Item image : archive.items) {
      ZipEntry entry = image.entry();
      source.with(entry.getName()).with(entry.getSize()).with(entry.getCrc());
    }
    if (labels && listing.json().isPresent()) {
      source.with(listing.json().get().getSize()).with(listing.json().get().getCrc());
    }
    background.forEach(source::with);
    return ArchivedImages.open(
        archive,
        new Fitting(size, channels, resize),
        labels ? labels(zip, listing, archive.names()) : ArchivedImages.Labels.NONE,
        centered,
        source.hex(),
        warnings);
  }

  /** The archive without the images that are skipped. */
  private Archive whole(Archive all, List<String> warnings) {
    if (broken == Broken.REFUSE) {
      return all;
    }
    List<Listing.Unusable> left = new ArrayList<>();
    List<ZipListing.Item> whole = BrokenImages.leaveOut(all, all.items, all.names(), left);
    if (whole.isEmpty()) {
      throw BrokenImages.fault("path", path.toString(), left);
    }
    if (!left.isEmpty()) {
      warnings.add(Listing.skipped(path.toString(), left, all.count()));
    }
    return new Archive(path, all.zip, whole, all.decoder);
  }

  private ArchivedImages.Labels labels(ZipFile zip, ZipListing listing, List<String> names)
      throws IOException {
    return listing.json().isPresent()
        ? DatasetJson.labels(
            "path",
            path + "/" + listing.json().get().getName(),
            zip.getInputStream(listing.json().get()),
            names)
        : ClassFolders.labels(
            names,
            (name, found, rule) ->
                new InvalidValueException("path", path + "/" + name + ": " + found, rule));
  }

  private InvalidValueException fault(String found, String rule) {
    return new InvalidValueException("path", path + ": " + found, rule);
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Archive(
      Path path, ZipFile zip, List<ZipListing.Item> items, PictureDecoder decoder)
      implements ImageArchive {
    @Override
    public int count() {
      return items.size();
    }

    List<String> names() {
      return items.stream().map(ZipListing.Item::name).toList();
    }

    @Override
    public String name(int index) {
      return path + "/" + items.get(index).name();
    }

    @Override
    public Picture picture(int index) throws IOException {
      ZipEntry entry = items.get(index).entry();
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
        return decoder.decode(content);
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
      ZipImages.close(zip);
    }
  }
}

package org.score4j.data.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/**
 * Decodes PNG, JPEG, GIF, BMP, TIFF and WebP files to 8-bit images, as Pillow's {@code
 * ImageOps.exif_transpose(Image.open(file)).convert("RGB")} does (or {@code "L"}, for images that
 * are grey): turned upright by EXIF, without color management, the first image of several. Samples
 * of more than 8 bits are rounded to 8, where Pillow drops the lower bits or clips.
 *
 * @param background the color behind transparent images; if empty, alpha is dropped
 */
public record PictureDecoder(Optional<Background> background) {

  /**
   * Decodes a file.
   *
   * @throws IOException whose message says what is wrong with the file
   */
  public Picture decode(byte[] file) throws IOException {
    Optional<ImageKind> kind = ImageKind.of(file);
    if (kind.isEmpty()) {
      throw new IOException(ImageKind.unread(file) + ", where " + ImageKind.NAMES + " is read");
    }
    try {
      return kind.get().decoder().decode(file).opaque(background);
    } catch (EOFException e) {
      String message = e.getMessage() == null ? "the file ends too early" : e.getMessage();
      throw new IOException(message, e);
    } catch (OutOfMemoryError e) {
      // Of one large array: the heap is as it was.
      throw new IOException(
          "an image that takes more memory than the heap has (see -Xmx), or a damaged one", e);
    } catch (RuntimeException | StackOverflowError e) {
      // Decoders throw whatever a malformed file makes them throw.
      throw new IOException("a damaged " + kind.get().title() + " image: " + e, e);
    }
  }
}

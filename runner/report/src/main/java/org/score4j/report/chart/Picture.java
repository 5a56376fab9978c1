package org.score4j.report.chart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * An image inside a page.
 *
 * @param image its pixels, possibly transparent
 * @param scale the largest width at which it is shown, over its own
 * @param told what it shows, for those who do not see it
 */
public record Picture(BufferedImage image, double scale, String told) {

  /** The image, as PNG in the page itself. */
  public Html html() {
    return Html.of(
        """
        <img class="%s" src="data:image/png;base64,%s" width="%s" height="%s"\
         style="max-width: %spx" alt="%s"/>""",
        scale > 1 ? "pixels" : "photo",
        base64(),
        image.getWidth(),
        image.getHeight(),
        Math.round(scale * image.getWidth()),
        told);
  }

  private String base64() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("no PNG writer for " + image);
      }
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.score4j.report.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.score4j.api.Progress;
import org.score4j.format.AsideFile;

/**
 * Writes an animation as a GIF that begins anew at its end, in one palette made of all its frames.
 * Of a frame only those pixels are stored that have changed.
 */
public final class GifFile {
  /** A GIF has 256 colours, of which one stands for what has not changed. */
  public static final int MOST_COLORS = 255;

  private static final String STREAM = "javax_imageio_gif_stream_1.0";
  private static final String IMAGE = "javax_imageio_gif_image_1.0";

  private GifFile() {}

  /**
   * Writes a file, which is either whole or not there.
   *
   * @param colors of the palette at most, from 2 to {@link #MOST_COLORS}
   * @param progress told twice for each frame: when its colours are known and when it is written
   */
  public static void write(Animation animation, int colors, Path file, Progress progress)
      throws IOException {
    int frames = animation.frames();
    var counter = new Palette.Counter(colors);
    for (int i = 0; i < frames; i++) {
      counter.add(animation.draw(i));
      progress.step(i + 1, 2L * frames);
    }
    Palette palette = counter.palette();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AsideFile.write(
          file,
          out -> {
            try (var stream = ImageIO.createImageOutputStream(out)) {
              writer.setOutput(stream);
              writer.prepareWriteSequence(global(writer, palette.model()));
              int[] before = {};
              for (int i = 0; i < frames; i++) {
                BufferedImage drawn = animation.draw(i);
                int[] pixels = pixels(drawn, palette);
                BufferedImage frame = changed(before, pixels, drawn, palette);
                writer.writeToSequence(
                    new IIOImage(frame, null, metadata(writer, frame, i, animation.delay(i))),
                    param(writer));
                before = pixels;
                progress.step(frames + i + 1, 2L * frames);
              }
              writer.endWriteSequence();
            }
          });
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadata global(ImageWriter writer, IndexColorModel colors) throws IOException {
    var table = new IIOMetadataNode("GlobalColorTable");
    table.setAttribute("sizeOfGlobalColorTable", Integer.toString(colors.getMapSize()));
    table.setAttribute("backgroundColorIndex", "0");
    table.setAttribute("sortFlag", "FALSE");
    for (int i = 0; i < colors.getMapSize(); i++) {
      var entry = new IIOMetadataNode("ColorTableEntry");
      entry.setAttribute("index", Integer.toString(i));
      entry.setAttribute("red", Integer.toString(colors.getRed(i)));
      entry.setAttribute("green", Integer.toString(colors.getGreen(i)));
      entry.setAttribute("blue", Integer.toString(colors.getBlue(i)));
      table.appendChild(entry);
    }
    var root = new IIOMetadataNode(STREAM);
    root.appendChild(table);
    IIOMetadata metadata = writer.getDefaultStreamMetadata(param(writer));
    metadata.mergeTree(STREAM, root);
    return metadata;
  }

  private static ImageWriteParam param(ImageWriter writer) {
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
    return param;
  }

  private static int[] pixels(BufferedImage image, Palette palette) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    Arrays.setAll(pixels, i -> palette.nearest(pixels[i] & 0xFFFFFF));
    return pixels;
  }

  private static BufferedImage changed(
      int[] before, int[] pixels, BufferedImage drawn, Palette palette) {
    IndexColorModel model = palette.model();
    int[] stored = pixels.clone();
    if (before.length > 0) {
      Arrays.setAll(stored, i -> pixels[i] == before[i] ? palette.size() : pixels[i]);
    }
    // One byte for each pixel, however few colours there are.
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, drawn.getWidth(), drawn.getHeight(), 1, null);
    raster.setSamples(0, 0, drawn.getWidth(), drawn.getHeight(), 0, stored);
    return new BufferedImage(model, raster, false, null);
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage frame, int number, int delay) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            new ImageTypeSpecifier(frame.getColorModel(), frame.getSampleModel()), param(writer));
    var control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "doNotDispose");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "TRUE");
    control.setAttribute(
        "transparentColorIndex",
        Integer.toString(((IndexColorModel) frame.getColorModel()).getTransparentPixel()));
    control.setAttribute("delayTime", Integer.toString(delay));
    var root = new IIOMetadataNode(IMAGE);
    root.appendChild(control);
    if (number == 0) {
      var extension = new IIOMetadataNode("ApplicationExtension");
      extension.setAttribute("applicationID", "NETSCAPE");
      extension.setAttribute("authenticationCode", "2.0");
      // Sub-block 1: how often to repeat, 0 for ever.
      extension.setUserObject(new byte[] {1, 0, 0});
      var extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(extension);
      root.appendChild(extensions);
    }
    metadata.mergeTree(IMAGE, root);
    return metadata;
  }
}

package org.score4j.report.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Progress;

class GifFileTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  @TempDir private Path folder;

  private record Drawn(int frames, IntFunction<IntBinaryOperator> pixels) implements Animation {
    @Override
    public BufferedImage draw(int frame) {
      var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          image.setRGB(x, y, pixels.apply(frame).applyAsInt(x, y));
        }
      }
      return image;
    }

    @Override
    public int delay(int frame) {
      return 4 + frame;
    }
  }

  /** What a viewer shows, and what the file says of each frame. */
  private record Read(List<BufferedImage> shown, List<Integer> delays, byte[] loop, int tables) {

    static Read of(Path file) throws IOException {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      try (var in = ImageIO.createImageInputStream(file.toFile())) {
        reader.setInput(in);
        List<BufferedImage> shown = new ArrayList<>();
        List<Integer> delays = new ArrayList<>();
        byte[] loop = {};
        int tables = 0;
        var canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < reader.getNumImages(true); i++) {
          Graphics2D graphics = canvas.createGraphics();
          graphics.drawImage(reader.read(i), 0, 0, null);
          graphics.dispose();
          var copy = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
          copy.setData(canvas.getRaster());
          shown.add(copy);
          var tree =
              (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
          var control =
              (IIOMetadataNode) tree.getElementsByTagName("GraphicControlExtension").item(0);
          delays.add(Integer.valueOf(control.getAttribute("delayTime")));
          var extensions = tree.getElementsByTagName("ApplicationExtension");
          if (extensions.getLength() > 0) {
            loop = (byte[]) ((IIOMetadataNode) extensions.item(0)).getUserObject();
          }
          tables += tree.getElementsByTagName("LocalColorTable").getLength();
        }
        return new Read(shown, delays, loop, tables);
      } finally {
        reader.dispose();
      }
    }

    /** Mean over pixels and components of the distance from what was drawn. */
    double error(Animation animation) {
      double sum = 0;
      for (int i = 0; i < shown.size(); i++) {
        BufferedImage drawn = animation.draw(i);
        for (int p = 0; p < WIDTH * HEIGHT; p++) {
          int a = drawn.getRGB(p % WIDTH, p / WIDTH);
          int b = shown.get(i).getRGB(p % WIDTH, p / WIDTH);
          for (int shift = 0; shift < 24; shift += 8) {
            sum += Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF));
          }
        }
      }
      return sum / (3.0 * WIDTH * HEIGHT * shown.size());
    }
  }

  private Read written(Animation animation, int colors) throws IOException {
    Path file = folder.resolve("a.gif");
    GifFile.write(animation, colors, file, Progress.NONE);
    return Read.of(file);
  }

  @Test
  void framesDelaysAndTheLoopAreReadBack() throws IOException {
    // A square that moves over grey levels: most of each frame stays.
    Animation moving =
        new Drawn(
            5,
            frame -> (x, y) -> (Math.abs(x - 10 * frame - 20) < 8 ? 40 + frame : 200) * 0x010101);
    Read read = written(moving, GifFile.MOST_COLORS);
    assertEquals(5, read.shown().size());
    assertEquals(List.of(4, 5, 6, 7, 8), read.delays());
    assertArrayEquals(new byte[] {1, 0, 0}, read.loop(), "for ever");
    assertEquals(0, read.tables(), "one palette for all");
    assertEquals(0, read.error(moving), "six greys stay as they are");
  }

  @Test
  void allGreysButOneStayAsTheyAre() throws IOException {
    Animation noise =
        new Drawn(3, frame -> (x, y) -> (x * 31 + y * 17 + frame * 5) % 255 * 0x010101);
    assertEquals(0, written(noise, GifFile.MOST_COLORS).error(noise));
  }

  @Test
  void coloursComeNear() throws IOException {
    Animation gradients =
        new Drawn(
            4,
            frame ->
                (x, y) -> x * 255 / (WIDTH - 1) << 16 | y * 255 / (HEIGHT - 1) << 8 | 60 * frame);
    // 255 boxes of equal size in so much of the cube have a mean error of about 7 a component.
    double many = written(gradients, GifFile.MOST_COLORS).error(gradients);
    double few = written(gradients, 16).error(gradients);
    assertTrue(many < 8, () -> "error " + many);
    assertTrue(few > many && few < 30, () -> "error " + few);
  }

  @Test
  void rareColoursAreNotLost() throws IOException {
    // A few pixels of orange on many blues.
    Animation spots =
        new Drawn(
            2,
            frame ->
                (x, y) ->
                    x == 10 && y < 6
                        ? 0xD06000
                        : 0xF0F0FF - (x * y % 97) * 0x010100 - frame * 0x000001);
    Read read = written(spots, 32);
    assertTrue((read.shown().get(0).getRGB(10, 3) >> 16 & 0xFF) > 0xA0);
    assertTrue((read.shown().get(0).getRGB(10, 3) & 0xFF) < 0x60);
  }

  @Test
  void anInterruptionLeavesNothing() {
    Animation animation = new Drawn(4, frame -> (x, y) -> x * frame);
    for (long last : new long[] {2, 6}) {
      assertThrows(
          CancellationException.class,
          () ->
              GifFile.write(
                  animation,
                  8,
                  folder.resolve("a.gif"),
                  (done, total) -> {
                    assertEquals(8, total);
                    if (done == last) {
                      throw new CancellationException();
                    }
                  }));
      assertEquals(0, folder.toFile().list().length);
    }
  }
}

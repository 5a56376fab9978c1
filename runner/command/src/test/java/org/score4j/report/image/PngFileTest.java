package org.score4j.report.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PngFileTest {
  @TempDir private Path folder;

  @Test
  void failureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
    BufferedImage broken =
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB) {
          @Override
          public java.awt.image.SampleModel getSampleModel() {
            throw new IllegalStateException("broken");
          }
        };
    assertThrows(IllegalStateException.class, () -> PngFile.write(broken, file));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
    PngFile.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), file);
    assertEquals((byte) 0x89, Files.readAllBytes(file)[0]);
  }
}

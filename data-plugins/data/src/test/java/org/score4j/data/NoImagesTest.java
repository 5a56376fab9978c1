package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.tensorflow.ndarray.Shape;

class NoImagesTest {

  @Test
  void theShapeIsKnown() {
    var examples = new NoImages(64, 32, 3, false, 0).open();
    assertEquals(Shape.of(64, 32, 3), examples.shape());
    assertEquals(Optional.of(PixelRange.UNIT), examples.pixels());
  }

  @Test
  void readingIsRefused() {
    var examples = new NoImages().open();
    var thrown =
        assertThrows(
            InvalidValueException.class, () -> examples.read(0, ByteBuffer.allocate(3072)));
    assertEquals(
        "type: must be data with images, for training and for metrics, found no-images",
        thrown.getMessage());
  }

  @Test
  void otherShapesHaveOtherFingerprints() {
    String fingerprint = new NoImages().open().fingerprint();
    assertEquals(fingerprint, new NoImages(32, 32, 3, true, 0).open().fingerprint());
    assertNotEquals(fingerprint, new NoImages(32, 32, 1, true, 0).open().fingerprint());
    assertNotEquals(fingerprint, new NoImages(32, 32, 3, false, 0).open().fingerprint());
  }

  @Test
  void classesOfANetworkHaveEqualShares() {
    var examples = new NoImages(32, 32, 3, true, 4).open();
    assertEquals(4, examples.classes());
    assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, examples.classShares());
    assertNotEquals(new NoImages().open().fingerprint(), examples.fingerprint());
    assertThrows(InvalidValueException.class, () -> examples.label(0));
    assertThrows(UnsupportedOperationException.class, () -> new NoImages().open().label(0));
  }
}

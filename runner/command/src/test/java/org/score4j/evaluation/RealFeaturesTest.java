package org.score4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.FeatureExtractor.Extracted;
import org.score4j.api.FeatureExtractor.Extraction;
import org.score4j.api.PixelRange;
import org.score4j.folder.RunFolder;
import org.tensorflow.ndarray.Shape;

class RealFeaturesTest {
  private static final int COUNT = 600;

  @TempDir private Path folder;

  /** Of one pixel, which is the number of the example. */
  private record Numbered(String fingerprint) implements Examples {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(COUNT);
    }

    @Override
    public Shape shape() {
      return Shape.of(1, 1, 1);
    }

    @Override
    public Optional<PixelRange> pixels() {
      return Optional.of(new PixelRange(0, 255));
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      into.put((byte) (index % 256));
    }
  }

  /** Its features are the pixel and its square; it counts the images that it has seen. */
  private record Squares(String fingerprint, int[] seen) implements Extraction {
    @Override
    public Extracted extract(float[] values, int count) {
      seen[0] += count;
      float[] features = new float[2 * count];
      for (int i = 0; i < count; i++) {
        features[2 * i] = values[i];
        features[2 * i + 1] = values[i] * values[i];
      }
      return new Extracted(features, values.clone());
    }

    @Override
    public void close() {}
  }

  private final Squares squares = new Squares("squares", new int[1]);

  private Extracted of(Examples examples, Extraction extraction) {
    return new RealFeatures(new RunFolder(folder)).of(examples, COUNT, extraction);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("evaluation"))) {
      return files.count();
    }
  }

  @Test
  void featuresAreOfEveryImageInOrder() {
    Extracted found = of(new Numbered("data"), squares);
    assertEquals(2 * COUNT, found.features().length);
    assertEquals(599 % 256, found.features()[2 * 599]);
    assertEquals(Math.pow(599 % 256, 2), found.features()[2 * 599 + 1]);
    assertEquals(300 % 256, found.logits()[300]);
  }

  @Test
  void sameDataAreLookedAtOnce() throws IOException {
    Extracted first = of(new Numbered("data"), squares);
    Extracted second = of(new Numbered("data"), squares);
    assertArrayEquals(first.features(), second.features());
    assertArrayEquals(first.logits(), second.logits());
    assertEquals(COUNT, squares.seen()[0]);
    assertEquals(1, files());
  }

  @Test
  void changedDataAreLookedAtAnew() throws IOException {
    of(new Numbered("data"), squares);
    of(new Numbered("changed"), squares);
    assertEquals(2 * COUNT, squares.seen()[0]);
    assertEquals(2, files());
  }

  @Test
  void whatIsDamagedIsLookedAtAnew() throws IOException {
    float[] sound = of(new Numbered("data"), squares).features();
    Path file;
    try (Stream<Path> files = Files.list(folder.resolve("evaluation"))) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int position : new int[] {3, 40, whole.length - 5}) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 2;
      Files.write(file, damaged);
      assertArrayEquals(sound, of(new Numbered("data"), squares).features());
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
    assertEquals(4 * COUNT, squares.seen()[0]);
  }

  @Test
  void anotherNetworkLooksItself() {
    var other = new Squares("other", new int[1]);
    of(new Numbered("data"), squares);
    of(new Numbered("data"), other);
    assertEquals(COUNT, other.seen()[0]);
  }
}

package org.score4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.Control;
import org.score4j.api.InvalidValueException;
import org.score4j.api.MixtureComponent;
import org.score4j.api.PixelRange;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.format.TensorFile;
import org.score4j.model.GaussianMixture;
import org.score4j.sampler.Euler;
import org.score4j.sampler.KarrasGrid;
import org.score4j.sde.VarianceExploding;
import org.tensorflow.ndarray.Shape;

/** Masks that differ between images of two pixels, of which the model knows (0.25, -0.75) only. */
class MaskPerImageTest {
  private static final Shape IMAGE = Shape.of(1, 2, 1);
  private static final GaussianMixture POINT =
      new GaussianMixture(
          List.of(new MixtureComponent(1, List.of(0.25, -0.75), List.of(1e-6, 1e-6))));

  @TempDir Path folder;

  /** For each image whether the left pixel is kept, else the right one. */
  private Mask masks(List<Boolean> left, boolean tensor) throws IOException {
    return tensor ? tensor(left) : pictures(left);
  }

  private Mask tensor(List<Boolean> left) {
    float[] kept = new float[2 * left.size()];
    for (int i = 0; i < left.size(); i++) {
      kept[2 * i + (left.get(i) ? 0 : 1)] = 1;
    }
    Path file = folder.resolve("masks.safetensors");
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add("masks", Shape.of(left.size(), 1, 2), () -> kept);
    writer.write();
    return new Mask(Mask.Half.LEFT, Optional.of(file));
  }

  private Mask pictures(List<Boolean> left) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(left.get(i) ? 0 : 1, 0, 0, 255);
      Path file = folder.resolve("mask-" + i + ".png");
      ImageIO.write(image, "png", file.toFile());
      files.add(file);
    }
    return new Mask(Mask.Half.LEFT, Optional.empty(), files);
  }

  /** Image number n is (10 + n, 20 + n). */
  private static float[] draw(Control control, int first, int batch) {
    var inputs =
        new ControlInputs(
            List.of(control),
            PixelRange.UNIT,
            number -> new float[] {10 + number, 20 + number},
            run -> {
              throw new IllegalStateException("no classifier");
            });
    try (var program =
        new SamplingProgram(
            new VarianceExploding(0.01, 10, 1e-5),
            POINT,
            new Euler(5, new KarrasGrid(), true),
            IMAGE,
            batch,
            0,
            Precision.FLOAT32,
            new SamplingOptions().with(inputs))) {
      return program.draw(3, first, n -> 0, Progress.NONE);
    }
  }

  private static Control inpainting(List<Long> images, Mask mask) {
    return new Inpainting(new Images(images), mask, Known.PATH);
  }

  private static void assertSamples(float[] samples, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], samples[i], 1e-5, "number " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyImageHasItsOwnMaskWhateverTheBatch(boolean tensor) throws IOException {
    Mask mask = masks(List.of(true, false, false), tensor);
    float[] samples = draw(inpainting(List.of(0L, 1L, 2L), mask), 4, 3);
    assertSamples(samples, 0.25, 21, 0.25, 22, 10, -0.75);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneImageIsDrawnWithEachOfTheMasks(boolean tensor) throws IOException {
    Mask mask = masks(List.of(true, false), tensor);
    assertSamples(draw(inpainting(List.of(5L), mask), 0, 3), 15, -0.75, 0.25, 25, 15, -0.75);
  }

  @Test
  void oneMaskOfATensorIsForAllImages() throws IOException {
    Mask mask = masks(List.of(false), true);
    assertSamples(draw(inpainting(List.of(0L, 1L), mask), 0, 2), 0.25, 20, 0.25, 21);
  }

  /** Its denoised data are pulled to the kept pixel alone. */
  @Test
  void otherControlsTakeAMaskForEachImageToo() throws IOException {
    Mask mask = masks(List.of(true, false), true);
    var images = new Images(List.of(0L, 1L));
    assertSamples(draw(new Replacement(images, mask, Known.RENEWED), 0, 2), 10, -0.75, 0.25, 21);
    float[] guided = draw(new GradientGuidance(images, mask, 1, 0.5, 0), 0, 2);
    assertEquals(-0.75, guided[1], 1e-4);
    assertEquals(0.25, guided[2], 1e-4);
  }

  @Test
  void masksAreAsManyAsTheImagesOrOne() throws IOException {
    Mask two = masks(List.of(true, false), false);
    var control = inpainting(List.of(0L, 1L, 2L), two);
    var thrown = assertThrows(InvalidValueException.class, () -> draw(control, 0, 3));
    assertEquals(
        "files: must be one mask for all images, or one for each of the 3 images, found 2 masks",
        thrown.getMessage());
  }

  @Test
  void masksOfAnotherSizeOrInTwoWaysAreRefused() throws IOException {
    Path file = folder.resolve("masks.safetensors");
    var writer = new TensorFile.Writer(file, Map.of());
    writer.add("masks", Shape.of(2, 2, 2, 1), () -> new float[8]);
    writer.write();
    Mask large = new Mask(Mask.Half.LEFT, Optional.of(file));
    var control = inpainting(List.of(0L, 1L), large);
    var thrown = assertThrows(InvalidValueException.class, () -> draw(control, 0, 2));
    assertEquals(
        "file: must have a tensor masks of shape [N] followed by [1, 2, 1], found " + file,
        thrown.getMessage());
    assertThrows(
        InvalidValueException.class,
        () -> new Mask(Mask.Half.LEFT, Optional.of(file), List.of(file)));
  }
}

package org.score4j.runner.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.runner.init.FirstData.Opener;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FirstDataTest {

  /** Six images of which one may need keys to be read. */
  private record Six(Shape shape, boolean readable, Optional<PixelRange> pixels, float value)
      implements Examples {
    @Override
    public OptionalLong size() {
      return OptionalLong.of(6);
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public void read(long index, ByteBuffer into) {
      if (!readable && index == 4) {
        throw new InvalidValueException("path", "an image of another kind", "must be alike");
      }
      for (int i = 0; i < shape.size(); i++) {
        if (pixels.isPresent()) {
          into.put((byte) 0);
        } else {
          into.putFloat(value * (i % 2));
        }
      }
    }

    @Override
    public String fingerprint() {
      return "six";
    }
  }

  private static ObjectNode source(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static Six images(long height, long width) {
    return new Six(Shape.of(height, width, 3), true, Optional.of(PixelRange.UNIT), 0);
  }

  private static void assertFound(String keys, List<String> notes, FirstData found) {
    ObjectNode added = found.source().deepCopy();
    added.remove("type");
    assertEquals(keys, added.toString());
    assertEquals(notes, found.notes());
  }

  @Test
  void imagesThatANetworkCanTakeAreLeftAsTheyAre() {
    for (Six six : List.of(images(24, 40), images(64, 64), images(28, 28), images(5, 5))) {
      assertFound("{}", List.of(), FirstData.of(source("image-folder"), keys -> six));
    }
  }

  @Test
  void largeAndOddImagesAreScaledInTheirProportions() {
    assertFound(
        "{\"size\":[48,80],\"resize\":\"crop\"}",
        List.of(
            "images of 300 x 500 are cropped and scaled to 48 x 80, as larger ones train for days"
                + " without a GPU; \"size\" chooses"),
        FirstData.of(source("zip"), keys -> images(300, 500)));
    assertFound(
        "{\"size\":[24,36],\"resize\":\"crop\"}",
        List.of(
            "images of 25 x 37 are cropped and scaled to 24 x 36, as a U-Net cannot halve an odd"
                + " number of pixels; \"size\" chooses"),
        FirstData.of(source("image-folder"), keys -> images(25, 37)));
    assertEquals(
        "[3,1656]",
        FirstData.of(source("zip"), keys -> images(3, 2000)).source().get("size").toString());
    assertFound("{}", List.of(), FirstData.of(source("npy"), keys -> images(300, 500)));
  }

  @Test
  void imagesThatDifferAreBroughtToOneSizeAndIfNeedBeToThreeChannels() {
    var range = Optional.of(PixelRange.UNIT);
    assertFound(
        "{\"size\":64,\"resize\":\"crop\"}",
        List.of(
            "images differ in size or channels, and are cropped and scaled to 64 x 64; \"size\""
                + " chooses"),
        FirstData.of(
            source("image-folder"),
            keys -> new Six(Shape.of(100, 70, 3), keys.has("size"), range, 0)));
    assertFound(
        "{\"size\":20,\"resize\":\"crop\",\"channels\":3}",
        List.of(
            "images differ in size or channels, and are cropped and scaled to 20 x 20 with 3"
                + " channels; \"size\" chooses"),
        FirstData.of(
            source("image-folder"),
            keys ->
                new Six(Shape.of(20, 20, 1), keys.has("channels") && keys.has("size"), range, 0)));
    assertThrows(
        InvalidValueException.class,
        () ->
            FirstData.of(
                source("image-folder"), keys -> new Six(Shape.of(20, 20, 1), false, range, 0)));
  }

  @Test
  void imagesThatDifferInChannelsAloneKeepTheirSize() {
    Opener opener =
        keys -> new Six(Shape.of(20, 20, 1), keys.has("channels"), Optional.of(PixelRange.UNIT), 0);
    assertFound(
        "{\"channels\":3}",
        List.of("images differ in channels: \"channels\": 3 converts all"),
        FirstData.of(source("zip"), opener));
  }

  @Test
  void brokenImagesAreLeftOutByAKeyThatIsTold() {
    Opener opener =
        keys -> new Six(Shape.of(20, 20, 1), keys.has("broken"), Optional.of(PixelRange.UNIT), 0);
    assertFound(
        "{\"broken\":\"skip\"}",
        List.of("images that cannot be read are left out: \"broken\": \"skip\""),
        FirstData.of(source("image-folder"), opener));
  }

  @Test
  void channelsFirstAreTold() {
    assertFound(
        "{\"layout\":\"channels-first\"}",
        List.of("its axes are taken as channels, height, width: \"layout\": \"channels-first\""),
        FirstData.of(
            source("npy"),
            keys -> {
              if (!keys.has("layout")) {
                throw new InvalidValueException("layout", "[6, 3, 32, 32]", "must be given");
              }
              return images(32, 32);
            }));
  }

  @Test
  void floatsAreToldWithTheirRange() {
    assertFound(
        "{\"quantize\":true}",
        List.of(
            "images of floats from 0.000 to 255.0 are read as 8-bit pixels: \"quantize\": true"),
        FirstData.of(
            source("npy"), keys -> new Six(Shape.of(4, 4, 1), true, Optional.empty(), 255)));
    assertFound(
        "{}",
        List.of(
            "numbers from 0.000 to 6.000e+04, which training standardizes; samples are in the"
                + " data's own units"),
        FirstData.of(source("npy"), keys -> new Six(Shape.of(3), true, Optional.empty(), 60_000)));
  }

  @Test
  void recordsOfStyleGanAreKnownByTheirFeatures() {
    String classes = "no classes are read; \"label\" names their feature, \"classes\" their number";
    assertFound("{}", List.of(classes), FirstData.of(source("tfrecord"), keys -> images(16, 16)));
    Opener styleGan =
        keys -> {
          if (!keys.path("image").asString("").equals("data")) {
            throw new InvalidValueException("path", "no feature \"image\"", "must hold images");
          }
          return images(16, 16);
        };
    assertFound(
        "{\"image\":\"data\",\"content\":\"channels-first\"}",
        List.of("records are read as StyleGAN writes them", classes),
        FirstData.of(source("tfrecord"), styleGan));
  }
}

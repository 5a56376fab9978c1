package org.score4j.runner.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.recipe.OtherFormats;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FirstRecipeTest {

  private static ObjectNode recipe(long images) {
    return recipe(images, 24, 24);
  }

  private static ObjectNode recipe(long images, long height, long width) {
    Examples examples = mock(Examples.class);
    when(examples.size()).thenReturn(OptionalLong.of(images));
    when(examples.shape()).thenReturn(Shape.of(height, width, 3));
    when(examples.pixels()).thenReturn(Optional.of(PixelRange.UNIT));
    ObjectNode source = JsonNodeFactory.instance.objectNode();
    source.put("type", "image-folder").put("path", "photos");
    return FirstRecipe.of(source, examples);
  }

  @Test
  void aFifthOfManyImagesIsHeldOut() {
    ObjectNode recipe = recipe(50);
    String photos = "{\"type\":\"image-folder\",\"path\":\"photos\",\"centered\":true}";
    assertEquals("{\"type\":\"subset\",\"of\":" + photos + "}", recipe.get("data").toString());
    assertEquals(
        "{\"type\":\"subset\",\"of\":" + photos + ",\"part\":\"held-out\"}",
        recipe.get("reference").toString());
  }

  @Test
  void fewImagesAreAllTrainedOn() {
    ObjectNode recipe = recipe(49);
    assertEquals("image-folder", recipe.get("data").get("type").asString());
    assertFalse(recipe.has("reference"));
  }

  @Test
  void imagesThatAreNotSquareAreHalvedAsLongAsBothSidesCanBe() {
    ObjectNode network = (ObjectNode) recipe(10, 24, 40).get("model").get("network");
    assertEquals("[1,2]", network.get("multipliers").toString());
    assertEquals("[12]", network.get("attention").toString());
    network = (ObjectNode) recipe(10, 56, 41).get("model").get("network");
    assertEquals("[1]", network.get("multipliers").toString());
    assertEquals("[]", network.get("attention").toString());
  }

  @Test
  void dataOfOtherFormatsAreRefusedWithWhatToDo(@TempDir Path folder) throws IOException {
    for (String ending : OtherFormats.endings()) {
      Path file = Files.createFile(folder.resolve("Data" + ending.toUpperCase(Locale.ROOT)));
      var e = assertThrows(BadInput.class, () -> FirstRecipe.data(file, folder), ending);
      assertTrue(e.lines().get(0).contains(": is a"), e.lines()::toString);
      assertFalse(e.lines().get(0).contains("neither"), e.lines()::toString);
    }
    Path image = Files.createFile(folder.resolve("a.PNG"));
    var e = assertThrows(BadInput.class, () -> FirstRecipe.data(image, folder));
    assertTrue(e.lines().get(0).contains("is one image; give the folder"), e.lines()::toString);
  }

  @Test
  void recordsAndCifar10AreKnownByTheirNames(@TempDir Path folder) throws IOException {
    Path records = Files.createFile(folder.resolve("train.tfrecord-00000-of-00002"));
    assertEquals("tfrecord", FirstRecipe.data(records, folder).get("type").asString());
    Path inside = Files.createDirectory(folder.resolve("records"));
    Files.createFile(inside.resolve("ffhq-r05.tfrecords"));
    assertEquals("tfrecord", FirstRecipe.data(inside, folder).get("type").asString());
    Path archive = Files.createFile(folder.resolve("cifar-10-binary.tar.gz"));
    assertEquals("cifar-10", FirstRecipe.data(archive, folder).get("type").asString());
    Path unpacked = Files.createDirectories(folder.resolve("cifar/cifar-10-batches-bin"));
    Files.createFile(unpacked.resolve("data_batch_1.bin"));
    for (Path each : List.of(unpacked, unpacked.getParent())) {
      assertEquals("cifar-10", FirstRecipe.data(each, folder).get("type").asString());
    }
  }
}

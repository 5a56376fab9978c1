package org.score4j.runner.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
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
}

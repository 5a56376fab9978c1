package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTypeTest {

  private enum Variant {
    _2M_SDE,
    MIDPOINT,
    SCALED_LINEAR
  }

  @Test
  void constantsAreLowerCaseWithHyphensAndMayBeginWithADigit() {
    assertEquals(
        List.of("2m-sde", "midpoint", "scaled-linear"), new KeyType.Choice(Variant.class).names());
  }
}

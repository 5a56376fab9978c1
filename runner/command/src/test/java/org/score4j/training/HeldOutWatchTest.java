package org.score4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.score4j.api.Examples;
import org.score4j.recipe.HeldOut;
import org.score4j.recipe.Training;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

class HeldOutWatchTest {

  private static HeldOutWatch watch(long size) {
    Training training = mock(Training.class);
    when(training.heldOut())
        .thenReturn(Optional.of(new HeldOut(Optional.empty(), Optional.of(0.2), 1024, 1000)));
    Examples examples = mock(Examples.class);
    when(examples.size()).thenReturn(OptionalLong.of(size));
    when(examples.shape()).thenReturn(Shape.of(2));
    return new HeldOutWatch(training, examples);
  }

  @Test
  void oneExampleCannotBeDivided() {
    var refused = assertThrows(BadInput.class, () -> watch(1));
    assertEquals(
        "training.heldOut.share: must leave an example to train on; the data hold 1",
        refused.getMessage());
  }

  @Test
  void ofTwoExamplesOneIsHeldOut() {
    try (HeldOutWatch watch = watch(2)) {
      assertEquals(OptionalLong.of(1), watch.trained().size());
    }
  }
}

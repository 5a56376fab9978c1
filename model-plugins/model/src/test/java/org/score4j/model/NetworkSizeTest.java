package org.score4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Precision;
import org.score4j.api.Prediction;
import org.score4j.api.ScoreModel;
import org.score4j.engine.size.ModelSize;
import org.score4j.engine.size.NetworkSize;
import org.score4j.testkit.HugeNumbers;
import org.tensorflow.ndarray.Shape;

/** What networks take is known without giving them memory. */
class NetworkSizeTest {
  private static final Shape IMAGE = Shape.of(8, 8, 3);

  private static NetworkSize size(ScoreModel model, Shape example) {
    return NetworkSize.of(model, example, 0, true, Precision.FLOAT32);
  }

  private static Mlp mlp(int width, int depth) {
    return new Mlp(width, depth, Activation.SWISH, 4, 1, 0, Prediction.NOISE, false);
  }

  private static DiffusionTransformer transformer(int width, int blocks) {
    return new DiffusionTransformer(
        2, width, blocks, 4, NoiseLabel.TIME, 0, Prediction.NOISE, false);
  }

  private static Adm adm(int channels, List<Integer> multipliers, int headChannels) {
    return new Adm(
        channels, multipliers, 1, List.of(), headChannels, 0, 0, Prediction.NOISE, false);
  }

  @Test
  void parametersAreThoseOfTheBuiltNetwork() {
    for (ScoreModel model : List.of(transformer(32, 2), adm(32, List.of(1, 2), 4))) {
      NetworkSize size = size(model, IMAGE);
      assertTrue(size.complete());
      assertEquals(ModelSize.of(model, IMAGE).parameters(), size.parameters());
    }
    assertEquals(
        ModelSize.of(mlp(8, 2), Shape.of(2)).parameters(),
        size(mlp(8, 2), Shape.of(2)).parameters());
  }

  @Test
  void classesTakePart() {
    var model = new Mlp(8, 1, Activation.SWISH, 4, 1, 10, Prediction.NOISE, false);
    long without = size(mlp(8, 1), Shape.of(2)).parameters();
    assertEquals(
        without + 10 * 8,
        NetworkSize.of(model, Shape.of(2), 10, true, Precision.FLOAT32).parameters(),
        8);
  }

  @Test
  void activationsGrowWithTheNetwork() {
    var narrow = size(mlp(64, 2), Shape.of(2)).activations().orElseThrow();
    var wide = size(mlp(128, 2), Shape.of(2)).activations().orElseThrow();
    var deep = size(mlp(64, 20), Shape.of(2)).activations().orElseThrow();
    assertEquals(128, wide.widest());
    assertEquals(2, (double) wide.all() / narrow.all(), 0.2);
    assertTrue(deep.all() > 6 * narrow.all());
    // Without gradients, one layer follows the other in the same memory.
    assertEquals(1, (double) deep.live() / narrow.live(), 0.2);
    assertTrue(narrow.live() < narrow.all());
  }

  @Test
  void networksBeyondAnyMemoryAreCounted() {
    NetworkSize wide = size(adm(65_536, List.of(1024, 1024), 65_536), IMAGE);
    assertTrue(wide.parameters() > 1L << 50, wide.toString());
    assertTrue(wide.largestParameter() > Integer.MAX_VALUE);
    assertTrue(size(transformer(65_536, 2), IMAGE).parameters() > 1L << 36);
  }

  @Test
  void thousandsOfBlocksEndSoon() {
    Assertions.assertTimeout(
        Duration.ofMinutes(1),
        () -> {
          for (ScoreModel model : List.of(mlp(4, 1_000_000), transformer(4, 1_000_000))) {
            NetworkSize size = size(model, model instanceof Mlp ? Shape.of(2) : IMAGE);
            assertFalse(size.complete());
            assertEquals(NetworkSize.MOST_OPERATIONS, size.operations());
            assertTrue(size.parameters() > 0);
          }
        });
  }

  @Test
  void whatDoesNotSuitTheDataIsSaid() {
    assertThrows(InvalidValueException.class, () -> size(mlp(8, 1), IMAGE));
  }

  @Test
  void everyNetworkRefusesHugeNumbers() {
    List<Record> all =
        List.of(
            new Adm(),
            new ConvolutionalClassifier(),
            new DdpmPlusPlus(),
            new DdpmUnet(),
            new DiffusionTransformer(),
            new Mlp(),
            new Ncsn(),
            new NcsnPlusPlus(),
            new NcsnV2(),
            new WideResNet());
    all.forEach(network -> HugeNumbers.assertRefused(network, Set.of()));
  }

  @Test
  void moreStagesThanImagesCanHaveAreRefused() {
    // 2^64 is 1 to a shift of 64 bits.
    List<Integer> ones = Collections.nCopies(65, 1);
    assertThrows(InvalidValueException.class, () -> adm(32, ones, 1));
    assertThrows(InvalidValueException.class, () -> adm(32, List.of(1 << 20), 1));
    // A part of the graph for each of millions of heads.
    var e =
        assertThrows(
            InvalidValueException.class, () -> size(adm(65_536, List.of(1024, 1024), 1), IMAGE));
    assertEquals("headChannels", e.faults().get(0).component());
  }
}

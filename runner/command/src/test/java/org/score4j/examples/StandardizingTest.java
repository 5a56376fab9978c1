package org.score4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.PixelRange;
import org.score4j.api.Standardization;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Training;
import org.tensorflow.ndarray.Shape;

class StandardizingTest {
  private static final Standardization MEASURED =
      new Standardization(List.of(20.0, 3.0), List.of(10.0, 1.0));

  private static final Rows ROWS = new Rows(Shape.of(2), 10, 2, 30, 4);

  /** A recipe that trains, and notes what it is given. */
  private static Recipe recipe(boolean standardize, Optional<Standardization> given) {
    Recipe recipe = mock(Recipe.class);
    Recipe resolved = mock(Recipe.class);
    when(recipe.training()).thenReturn(Optional.of(mock(Training.class)));
    when(recipe.standardize()).thenReturn(standardize);
    when(recipe.standardization()).thenReturn(given);
    when(recipe.standardized(any()))
        .thenAnswer(
            call -> {
              when(resolved.standardization()).thenReturn(Optional.of(call.getArgument(0)));
              return resolved;
            });
    return recipe;
  }

  private static Optional<Standardization> found(Recipe recipe, Examples data) {
    return Standardizing.of(recipe, data).recipe().standardization();
  }

  @Test
  void tablesAreMeasuredAndTold() {
    Standardizing told = Standardizing.of(recipe(true, Optional.empty()), ROWS);
    assertEquals(Optional.of(MEASURED), told.recipe().standardization());
    assertEquals(
        List.of(
            "data standardized by column: mean 20.00, 3.000, standard deviation 10.00, 1.000;"
                + " samples are in the data's own units (\"standardize\": false turns it off)"),
        told.notes());
  }

  @Test
  void weightsOfOthersTakeDataAsTheyAre() {
    Recipe open = recipe(true, Optional.empty());
    Recipe asIs = mock(Recipe.class);
    when(open.unstandardized()).thenReturn(asIs);
    Standardizing others = Standardizing.ofOthers(open, ROWS);
    assertEquals(asIs, others.recipe());
    assertEquals(
        List.of(
            "standardize=false, as the weights are for data as they are; if theirs were"
                + " standardized, give the recipe their \"standardization\""),
        others.notes());
    Recipe given = recipe(true, Optional.of(MEASURED));
    assertEquals(new Standardizing(given, List.of()), Standardizing.ofOthers(given, ROWS));
    Recipe off = recipe(false, Optional.empty());
    assertEquals(new Standardizing(off, List.of()), Standardizing.ofOthers(off, ROWS));
  }

  @Test
  void whatIsGivenIsNotMeasured() {
    var given = new Standardization(List.of(0.0, 0.0), List.of(1.0, 2.0));
    assertEquals(Optional.of(given), found(recipe(true, Optional.of(given)), ROWS));
    var one = new Standardization(List.of(0.0), List.of(1.0));
    var refused =
        assertThrows(InvalidValueException.class, () -> found(recipe(true, Optional.of(one)), ROWS))
            .getMessage();
    assertEquals(
        "standardization.mean: must have 2, one for each entry of the last axis of shape [2],"
            + " found 1 numbers",
        refused);
  }

  @Test
  void imagesDensitiesAndWhateverIsNotToBeAreLeftAlone() {
    assertEquals(Optional.empty(), found(recipe(false, Optional.empty()), ROWS));
    Recipe untrained = recipe(true, Optional.empty());
    when(untrained.training()).thenReturn(Optional.empty());
    assertEquals(Optional.empty(), found(untrained, ROWS));
    Examples pixels = mock(Examples.class);
    when(pixels.pixels()).thenReturn(Optional.of(PixelRange.UNIT));
    when(pixels.size()).thenReturn(OptionalLong.of(3));
    assertEquals(Optional.empty(), found(recipe(true, Optional.empty()), pixels));
    Examples density = mock(Examples.class);
    when(density.size()).thenReturn(OptionalLong.empty());
    assertEquals(Optional.empty(), found(recipe(true, Optional.empty()), density));
  }

  @Test
  void examplesAreReadInTheModelsUnitsAndGoBack() {
    Examples examples = Standardizing.apply(ROWS, Optional.of(MEASURED));
    ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    examples.read(0, buffer);
    examples.read(1, buffer);
    float[] read = new float[4];
    buffer.flip().asFloatBuffer().get(read);
    assertArrayEquals(new float[] {-1, -1, 1, 1}, read);
    Units units = Units.of(examples);
    assertArrayEquals(ROWS.values(), units.ofData(read));
    assertArrayEquals(read, units.ofModel(ROWS.values()));
    assertArrayEquals(new float[] {-.1f, -1, .1f, 1}, units.scoresOfData(read));
  }

  @Test
  void oneExampleIsAConstantThatSamplesHit() {
    var one = new Rows(Shape.of(2), 60_000, 0.5f);
    Standardization found = found(recipe(true, Optional.empty()), one).orElseThrow();
    assertArrayEquals(
        new float[] {60_000, 0.5f},
        new Units(Optional.of(found)).ofData(new float[] {0.2f, -0.3f}));
  }

  @Test
  void floatsThatLookLikeBytesAndThoseTooCoarseAreTold() {
    float[] image = new float[16];
    for (int i = 0; i < image.length; i++) {
      image[i] = 17 * i;
    }
    assertTrue(told(new Rows(Shape.of(4, 4, 1), image)).contains("\"quantize\": true"));
    assertTrue(
        told(new Rows(Shape.of(1), 1.7e9f, 1.7e9f + 128)).contains("are 128.0 apart"),
        told(new Rows(Shape.of(1), 1.7e9f, 1.7e9f + 128)));
    assertTrue(
        told(new Rows(Shape.of(1), 5, 5)).endsWith("column 0 of the data is constant, 5.000"));
    assertTrue(
        told(new Rows(Shape.of(1), 1e9f, 1e9f))
            .contains("is constant, 1.000e+09, in float32, whose numbers are 64.00 apart there"));
  }

  private static String told(Examples data) {
    return String.join("\n", Standardizing.of(recipe(true, Optional.empty()), data).notes());
  }
}

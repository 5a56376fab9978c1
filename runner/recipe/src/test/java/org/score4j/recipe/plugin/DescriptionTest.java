package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.MixtureComponent;

class DescriptionTest {
  private static Description of(String text) {
    return new Description(text, Map.of());
  }

  @Test
  void whatWasCompiledWithATypeIsFound() {
    Description description = Description.of(MixtureComponent.class);
    assertEquals(
        "One term w N(mean, diag(standardDeviation^2)) of a Gaussian mixture.", description.text());
    assertEquals("of each dimension", description.part("mean"));
    assertEquals("", description.part("none"));
  }

  @Test
  void aTypeThatWasCompiledWithoutItHasNone() {
    assertEquals(new Description("", Map.of()), Description.of(DescriptionTest.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Käü, 日本, 😀", "K\\u00e4\\u00fc, \\u65e5\\u672c, \\ud83d\\ude00"})
  void lettersOfAllScriptsAreReadWhetherEscapedOrNot(String kept) throws IOException {
    Description description =
        Description.read(new StringReader("description=" + kept + "\npart.x=" + kept + "\n"));
    assertEquals("Käü, 日本, 😀", description.text());
    assertEquals("Käü, 日本, 😀", description.part("x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Heun's method with churn (Karras et al. 2022, algorithm 2), for X: | Heun's method with churn",
        "The SDE, the limit of DDPM: | The SDE, the limit of DDPM",
        "The preconditioning of Karras et al. 2022. More. | The preconditioning of Karras et al. 2022",
        "Rows of an array. | Rows of an array",
        "'' | ''"
      })
  void thePurposeIsTheFirstSentenceWithoutItsDetails(String text, String purpose) {
    assertEquals(purpose, of(text).purpose());
  }

  @Test
  void theOpeningEndsWithTheFormula() {
    assertEquals("Euler:\n  x = x + h d", of("Euler:\n  x = x + h d\nOrder 1.").opening());
    assertEquals("Rows.", of("Rows.\nMore:\n  x").opening());
    assertEquals("", of("").opening());
  }
}

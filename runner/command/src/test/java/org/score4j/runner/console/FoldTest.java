package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {

  @Test
  void linesStayWithinTheWidth() {
    assertEquals(
        List.of("  one two", "  three", "  four"), new Fold(9).lines("one two three four", 2));
  }

  @Test
  void aWordThatIsTooLongHasALineOfItsOwn() {
    assertEquals(List.of("a", "wholeword", "b"), new Fold(4).lines("a wholeword b", 0));
  }

  @Test
  void formulasStayAsTheyAre() {
    assertEquals(
        List.of(" The", " rule", "   x  =  y + z", " ends."),
        new Fold(5).lines("The rule\n  x  =  y + z\nends.", 1));
  }

  @Test
  void anEmptyTextHasNoLines() {
    assertEquals(List.of(), new Fold(5).lines("", 3));
  }
}

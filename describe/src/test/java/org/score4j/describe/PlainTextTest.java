package org.score4j.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainTextTest {

  private static String plain(String html) {
    return PlainText.of(html, name -> Map.of("KarrasGrid", "karras").getOrDefault(name, name));
  }

  @Test
  void aParagraphIsALine() {
    assertEquals("One that wraps.\nAnother.", plain(" One\n that wraps.\n\n <p>Another.\n"));
  }

  @Test
  void codeIsTakenAtItsWord() {
    assertEquals("for x < y && {a} &lt; b", plain("for {@code x < y && {a} &lt;\n b}"));
  }

  @Test
  void entitiesAreCharacters() {
    assertEquals(
        "0 < t > 1 & \"x\" <= \u03b8; AT&T",
        plain("0 &lt; t &gt; 1 &amp; &quot;x&quot; &le; &#952;; AT&T"));
  }

  @Test
  void signsThatAreNoElementsStay() {
    assertEquals("a < b, c <2> d", plain("a < b, c <2> <b>d</b>"));
  }

  @Test
  void formulasKeepTheirLinesAndInnerIndents() {
    assertEquals(
        "Euler:\n  x ~ prior\n  for each step:\n    x = x + d\nOrder 1.",
        plain(
            " Euler:\n\n <pre>\n   x ~ prior\n   for each step:\n     x = x + d\n </pre>\n\n <p>Order 1.\n"));
  }

  @Test
  void listsHaveDashes() {
    assertEquals("Either\n- one\n- or two", plain("Either\n<ul>\n<li>one\n<li>or\n two\n</ul>"));
  }

  @Test
  void linksAreTheirLabelsOrTheNamesThatRecipesUse() {
    assertEquals(
        "karras, the grid, Sde.sigma, endTime",
        plain(
            "{@link KarrasGrid}, {@link KarrasGrid the grid}, {@link Sde#sigma(double)}, {@link #endTime()}"));
  }

  @Test
  void anUnclosedTagEndsWithTheText() {
    assertEquals("as x", plain("as {@code x"));
  }
}

package org.score4j.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VisibleTest {
  private final Visible utf8 = new Visible(StandardCharsets.UTF_8);

  @Test
  void whatATerminalObeysIsEscaped() {
    assertEquals("\\u001b[31mred", utf8.text("\u001b[31mred"));
    assertEquals("\\u009b2J \\u0000\\u0007\\u0008\\u007f", utf8.text("\u009b2J \0\u0007\b\u007f"));
    assertEquals("over\\rwritten", utf8.text("over\rwritten"));
    assertEquals(
        "gpj.\\u202eexe \\u2066 \\u2028 \\ufeff", utf8.text("gpj.\u202eexe \u2066 \u2028 \ufeff"));
  }

  @Test
  void lineEndsAndTabsStayAndOnALineTheyAreEscaped() {
    assertEquals("a\tb\r\nc\n", utf8.text("a\tb\r\nc\n"));
    assertEquals("a\\tb\\r\\nc\\u001b", Visible.line("a\tb\r\nc\u001b"));
  }

  @Test
  void lettersOfAllScriptsStay() {
    String text = "Kynkäänniemi, 日本, \ud83d\ude00, \u200fעברית, 👩\u200d🔬, é, 10 °C, a\u00a0b";
    assertEquals(text, utf8.text(text));
    assertEquals(text, Visible.line(text));
  }

  @Test
  void whatTheEncodingLacksIsEscapedInsteadOfQuestionMarks() {
    assertEquals(
        "\\u00e4 \\ud83d\\ude00", new Visible(StandardCharsets.US_ASCII).text("ä \ud83d\ude00"));
    assertEquals("ä \\u65e5", new Visible(StandardCharsets.ISO_8859_1).text("ä 日"));
    assertEquals("\\ud83d!", utf8.text("\ud83d!"));
  }

  @Test
  void jsonStaysTheSameJson() {
    String json = JsonMapper.shared().writeValueAsString("\u009b ä 日 \ud83d\ude00 \u202e \u001b");
    String shown = new Visible(StandardCharsets.US_ASCII).text(json);
    assertEquals(JsonMapper.shared().readTree(json), JsonMapper.shared().readTree(shown));
    assertEquals(true, shown.chars().allMatch(c -> c >= ' ' && c < 0x7f), shown);
  }
}

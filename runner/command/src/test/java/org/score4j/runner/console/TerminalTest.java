package org.score4j.runner.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {

  @Test
  void columnsTellTheWidth() {
    assertEquals(123, Terminal.of(true, Map.of("COLUMNS", "123"), UTF_8, false).width().getAsInt());
  }

  @Test
  void unreadableColumnsDoNot() {
    Terminal terminal = Terminal.of(true, Map.of("COLUMNS", "wide"), UTF_8, true);
    assertEquals(80, terminal.width().getAsInt());
  }

  @Test
  void noColorIsRespectedUnlessEmpty() {
    assertFalse(Terminal.of(true, Map.of("NO_COLOR", "1"), UTF_8, false).color());
    assertTrue(Terminal.of(true, Map.of("NO_COLOR", ""), UTF_8, false).color());
  }

  @Test
  void dumbTerminalIsTreatedAsALog() {
    assertFalse(Terminal.of(true, Map.of("TERM", "dumb"), UTF_8, false).interactive());
  }

  @Test
  void blocksNeedACharsetThatHasThem() {
    assertTrue(Terminal.of(true, Map.of(), UTF_8, false).unicode());
    assertFalse(Terminal.of(true, Map.of(), US_ASCII, false).unicode());
  }

  @Test
  void absentTerminalIsNotInteractive() {
    assertFalse(Terminal.of(false, Map.of("COLUMNS", "90"), UTF_8, false).interactive());
  }
}

package org.score4j.runner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {

  @Test
  void alignsColumns() {
    Table table =
        new Table(
            List.of("service", "name", "module"),
            List.of(List.of("sde", "sub-vp", "org.score4j.sde"), List.of("sampler", "", "x")));
    assertEquals(
        List.of(
            "service  name    module", //
            "sde      sub-vp  org.score4j.sde",
            "sampler          x"),
        table.lines());
  }

  @Test
  void refusesRaggedRows() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Table(List.of("a", "b"), List.of(List.of("only one"))));
  }
}

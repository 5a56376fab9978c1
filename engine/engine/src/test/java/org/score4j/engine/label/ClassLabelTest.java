package org.score4j.engine.label;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClassLabelTest {
  private static final String COMPOSED = "caf\u00e9";
  private static final String DECOMPOSED = "cafe\u0301";

  private static OptionalInt found(String name, String... names) {
    return new ClassLabel.Name(name).among(names.length, List.of(names));
  }

  @Test
  void namesAreFoundHoweverUnicodeWritesThem() {
    assertEquals(OptionalInt.of(1), found(COMPOSED, "bar", DECOMPOSED));
    assertEquals(OptionalInt.of(0), found(DECOMPOSED, COMPOSED, "bar"));
    assertEquals(OptionalInt.of(1), found(DECOMPOSED, COMPOSED, DECOMPOSED));
    assertEquals(OptionalInt.empty(), found("cafe", COMPOSED, DECOMPOSED));
  }

  @Test
  void aNumberIsTheClassOfThatNameFirst() {
    assertEquals(OptionalInt.of(1), found("0", "1", "0"));
    assertEquals(OptionalInt.of(2), found("2", "a", "b", "c"));
    assertEquals(OptionalInt.empty(), found("3", "a", "b", "c"));
  }
}

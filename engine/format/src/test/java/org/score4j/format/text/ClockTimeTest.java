package org.score4j.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockTimeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0:00",
    "-3, 0:00",
    "7.9, 0:07",
    "83, 1:23",
    "3599.99, 59:59",
    "3600, 1:00:00",
    "7384, 2:03:04",
    "360000, 100:00:00"
  })
  void readsLikeAClock(double seconds, String text) {
    assertEquals(text, ClockTime.of(seconds));
  }
}

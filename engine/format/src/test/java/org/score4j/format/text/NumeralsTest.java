package org.score4j.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0123456, 0.0123",
    "1500, 1500",
    "2e-5, 2e−5",
    "-1.25, −1.25",
    "31, 31",
    "123456789, 1.23e8",
    "NaN, not a number",
    "-Infinity, −∞"
  })
  void numbersHaveThreeDigitsAndNoIdleZeros(double value, String text) {
    assertEquals(text, Numerals.significant(value, 3));
  }

  @ParameterizedTest
  @CsvSource({"31, 31.00", "0.5, 0.5000", "23.1999999, 23.20", "2e-5, 2.000e−5", "99999, 100000"})
  void measuredNumbersHaveAllFourDigits(double value, String text) {
    assertEquals(text, Numerals.measured(value, 4));
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "1000, 1 k", "1843210, 1.84 M", "999999, 1 M", "62000000000, 62 G"})
  void largeCountsHaveAUnit(long count, String text) {
    assertEquals(text, Numerals.rounded(count));
  }

  @Test
  void countsHaveGroupsOfThree() {
    assertEquals("1,843,210", Numerals.count(1843210));
  }

  @ParameterizedTest
  @CsvSource({"0.0123, 0.01230", "2e-5, 2.000e-05", "-1.5, -1.500", "NaN, NaN"})
  void terminalsAndTablesGetAscii(double value, String text) {
    assertEquals(text, Numerals.ascii(value, 4));
  }

  @ParameterizedTest
  @CsvSource({"0.123, 0.12", "9.994, 9.99", "9.996, 10.0", "99.96, 100", "12345, 12345"})
  void steadyNumbersHaveNoExponent(double value, String text) {
    assertEquals(text, Numerals.steady(value));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.001, 0.001", "1e20, 1.0E20", "-3, -3"})
  void plainNumbersHaveAllTheirDigits(double value, String text) {
    assertEquals(text, Numerals.plain(value));
  }
}

package org.score4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;
import org.score4j.api.InvalidValueException;

/** What is told about bad data, against what should be, with the test's folder left out. */
record Faults(Path folder) {
  void assertTold(String expected, Executable action) {
    String message = assertThrows(InvalidValueException.class, action).getMessage();
    assertEquals(expected, message.replace(folder + "/", "").replace(folder + "\\", ""));
  }
}

package org.score4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of the memory of processes. */
final class ProcessMemory {
  private static final String PEAK = "VmHWM:";

  private ProcessMemory() {}

  /**
   * The most resident memory there has been, in bytes; 0 of a process that has ended.
   *
   * @param status such as {@code /proc/self/status}
   */
  static long peak(Path status) throws IOException {
    // Read at once, as the process may end.
    return Files.readString(status)
        .lines()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}

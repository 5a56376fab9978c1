package org.score4j.size;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory there is.
 *
 * @param physical bytes of the machine, or of the container that the process is in
 * @param heap bytes of it that Java may use
 * @param disk bytes that may still be written where the run is; {@code Long.MAX_VALUE} if the
 *     system does not tell
 */
public record MachineMemory(long physical, long heap, long disk) {

  /**
   * Of this machine, as the operating system reports it.
   *
   * @param folder where the run is, or will be
   */
  public static MachineMemory here(Path folder) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MachineMemory(
        system.getTotalMemorySize(), Runtime.getRuntime().maxMemory(), free(folder));
  }

  private static long free(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}

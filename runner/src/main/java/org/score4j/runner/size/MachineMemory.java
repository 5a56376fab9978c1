package org.score4j.runner.size;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory there is.
 *
 * @param physical bytes of the machine, or of the container that the process is in
 * @param heap bytes of it that Java may use
 */
public record MachineMemory(long physical, long heap) {

  /** Of this machine, as the operating system reports it. */
  public static MachineMemory here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MachineMemory(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
  }
}

package org.score4j.runner.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.score4j.engine.device.CudaLibraries;
import org.score4j.engine.device.Device;
import org.score4j.format.text.Bytes;
import org.tensorflow.TensorFlow;

/** Loads TensorFlow's native library and asks it for its devices. */
public final class TensorFlowCheck {
  private TensorFlowCheck() {}

  /** Version and devices; or why there are none. */
  public static List<Finding> examine(Machine machine) {
    String version;
    CudaLibraries.load();
    try {
      version = TensorFlow.version();
    } catch (LinkageError e) {
      return List.of(unloadable(machine, e));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.well("tensorflow", version + ", native library loaded"));
    findings.addAll(devices());
    return findings;
  }

  static Finding unloadable(Machine machine, LinkageError thrown) {
    return Finding.problem(
        "tensorflow",
        "its native library does not load: " + NativeLibrary.reason(thrown),
        NativeLibrary.remedy(thrown, machine));
  }

  private static List<Finding> devices() {
    List<Device.Found> found = Device.AUTO.found();
    List<Finding> findings = new ArrayList<>();
    // What TensorFlow says of a CPU's memory is a constant of its own.
    found.forEach(
        device ->
            findings.add(
                Finding.well(
                    "device",
                    device.name()
                        + (device.bytes() == 0
                            ? ""
                            : ", " + Bytes.shown(device.bytes()) + " of memory"))));
    if (CudaLibraries.present() && found.size() == 1) {
      findings.add(noGpu(Path.of("/proc/driver/nvidia/version"), CudaLibraries.load()));
    }
    return findings;
  }

  static Finding noGpu(Path driver, List<String> unloadable) {
    if (!Files.exists(driver)) {
      return Finding.problem(
          "gpu",
          "none: there is no NVIDIA driver",
          "install one for CUDA 12 (525 or newer), until nvidia-smi shows the GPU; until then all"
              + " runs on the CPU");
    }
    if (!unloadable.isEmpty()) {
      return Finding.problem(
          "gpu",
          "none: " + String.join("; ", unloadable),
          "delete the folder cuda-* in the native cache, so that it is unpacked again");
    }
    return Finding.problem(
        "gpu",
        "none that TensorFlow can use, though there is a driver",
        "nvidia-smi must show a GPU of compute capability 6.0 or more, and a driver for CUDA 12 (525"
            + " or newer); CUDA_VISIBLE_DEVICES must not hide it; TF_CPP_MIN_LOG_LEVEL=0 runner"
            + " doctor shows TensorFlow's own messages");
  }
}

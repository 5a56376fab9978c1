package org.score4j.runner.doctor;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.score4j.runner.console.Bytes;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/** Loads TensorFlow's native library and asks it for its devices. */
public final class TensorFlowCheck {
  private TensorFlowCheck() {}

  /** Version and devices; or why there are none. */
  public static List<Finding> examine(String platform) {
    String version;
    try {
      version = TensorFlow.version();
    } catch (LinkageError e) {
      return List.of(unloadable(platform, e));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.well("tensorflow", version + ", native library loaded"));
    devices().forEach(device -> findings.add(Finding.well("device", device)));
    return findings;
  }

  static Finding unloadable(String platform, LinkageError thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Finding.problem(
        "tensorflow",
        "its native library does not load: " + cause.getMessage(),
        "lib/ must hold tensorflow-core-native-...-"
            + platform
            + ".jar and no other platform's: build the distribution on this machine, with ./mvnw"
            + " -DskipTests package; if it does, the system's C and C++ libraries are too old");
  }

  private static List<String> devices() {
    List<String> devices = new ArrayList<>();
    PointerScope natives = new PointerScope();
    try (natives) {
      TF_Status status = TF_Status.newStatus();
      TF_Graph graph = TF_Graph.newGraph();
      TF_Session session =
          TF_Session.newSession(graph, TF_SessionOptions.newSessionOptions(), status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      for (int i = 0; i < TF_DeviceListCount(list); i++) {
        String type = TF_DeviceListType(list, i, status).getString();
        long memory = TF_DeviceListMemoryBytes(list, i, status);
        String name = TF_DeviceListName(list, i, status).getString();
        // What TensorFlow says of a CPU's memory is a constant of its own.
        devices.add(
            name.replaceFirst(".*/device:", "")
                + (type.equals("CPU") ? "" : ", " + Bytes.shown(memory) + " of memory"));
      }
      TF_DeleteDeviceList(list);
      TF_CloseSession(session, status);
    }
    return devices;
  }
}

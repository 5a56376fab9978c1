package org.score4j.engine.device;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Validation;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Where the operations of a computation run. What a GPU cannot do is done by the CPU. A process
 * uses one GPU: the first that it asks for.
 *
 * @param name {@code "auto"} for the first GPU, or the CPU if there is none; {@code "cpu"}; {@code
 *     "gpu:N"} for GPU number N, from 0
 */
public record Device(String name) {
  /** The first GPU, or else the CPU. */
  public static final Device AUTO = new Device("auto");

  /** The CPU, even where there is a GPU. */
  public static final Device CPU = new Device("cpu");

  /** What names must be. */
  public static final String RULE = "must be auto, cpu, or gpu:N with a number N, such as gpu:0";

  private static final String GPU = "gpu:";

  /** Checks the name. */
  public Device {
    Validation.begin().rule(isName(name), "device", name, RULE).end();
  }

  /** Whether there is such a device anywhere. */
  public static boolean isName(String name) {
    return name.matches("auto|cpu|gpu:\\d{1,3}");
  }

  /**
   * A device that TensorFlow can use.
   *
   * @param name such as {@code "CPU:0"}
   * @param bytes of its memory that TensorFlow may use; 0 for the CPU, of which it does not know
   */
  public record Found(String name, long bytes) {

    private boolean isGpu() {
      return name.startsWith("GPU");
    }
  }

  /** Adds what a session must know to run there. GPU memory is taken as it is needed. */
  public ConfigProto.Builder configure(ConfigProto.Builder session) {
    if (equals(CPU)) {
      return session.putDeviceCount("GPU", 0);
    }
    var gpu = GPUOptions.newBuilder().setAllowGrowth(true);
    if (name.startsWith(GPU)) {
      gpu.setVisibleDeviceList(name.substring(GPU.length()));
    }
    return session.setGpuOptions(gpu);
  }

  /**
   * What a session that runs there has.
   *
   * @throws TensorFlowException if there is no GPU of that number, but others
   */
  public List<Found> found() {
    CudaLibraries.load();
    List<Found> devices = new ArrayList<>();
    PointerScope natives = new PointerScope();
    try (natives) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer config =
          new BytePointer(configure(ConfigProto.newBuilder()).build().toByteArray());
      TF_SetConfig(options, config, config.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      for (int i = 0; i < TF_DeviceListCount(list); i++) {
        boolean host = TF_DeviceListType(list, i, status).getString().equals("CPU");
        devices.add(
            new Found(
                TF_DeviceListName(list, i, status).getString().replaceFirst(".*/device:", ""),
                host ? 0 : TF_DeviceListMemoryBytes(list, i, status)));
      }
      TF_DeleteDeviceList(list);
      TF_CloseSession(session, status);
    }
    return devices;
  }

  /**
   * Where it is in the end: {@code "cpu"}, or {@code "gpu:N"}.
   *
   * @throws InvalidValueException if it asks for a GPU that TensorFlow cannot use
   */
  public String resolved() {
    if (equals(CPU)) {
      return name;
    }
    boolean there;
    try {
      there = found().stream().anyMatch(Found::isGpu);
    } catch (TensorFlowException e) {
      there = false;
    }
    if (equals(AUTO)) {
      return there ? GPU + 0 : CPU.name();
    }
    if (!there) {
      throw new InvalidValueException(
          "device",
          name,
          "must be a GPU that TensorFlow can use here, or auto, or cpu; runner doctor tells which"
              + " there are");
    }
    return name;
  }
}

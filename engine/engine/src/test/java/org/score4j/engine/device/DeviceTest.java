package org.score4j.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.api.InvalidValueException;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** On a machine without a GPU, as the build's is: see the GPU profile for the other kind. */
class DeviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "GPU:0", "gpu", "gpu:", "gpu:-1", "cuda:0", "gpu:1234"})
  void otherNamesAreRefused(String name) {
    var refused = assertThrows(InvalidValueException.class, () -> new Device(name));
    assertEquals(
        "device: must be auto, cpu, or gpu:N with a number N, such as gpu:0, found " + name,
        refused.getMessage());
  }

  @Test
  void theCpuIsAlwaysThere() {
    assertEquals(List.of(new Device.Found("CPU:0", 0)), Device.CPU.found());
    assertEquals("cpu", Device.CPU.resolved());
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    var refused = assertThrows(InvalidValueException.class, () -> new Device("gpu:7").resolved());
    assertEquals("device", refused.faults().get(0).component());
    assertEquals("gpu:7", refused.faults().get(0).found());
  }

  @Test
  void aGpuGivesItsMemoryAsItIsNeeded() {
    ConfigProto config = new Device("gpu:2").configure(ConfigProto.newBuilder()).build();
    assertTrue(config.getGpuOptions().getAllowGrowth());
    assertEquals("2", config.getGpuOptions().getVisibleDeviceList());
    assertTrue(
        Device.AUTO.configure(ConfigProto.newBuilder()).build().getGpuOptions().getAllowGrowth());
  }

  @Test
  void theCpuAloneHidesEveryGpu() {
    ConfigProto config = Device.CPU.configure(ConfigProto.newBuilder()).build();
    assertEquals(0, config.getDeviceCountOrThrow("GPU"));
    assertFalse(config.getGpuOptions().getAllowGrowth());
  }

  /** So that a graph made for a GPU also runs where an operation, or the GPU, is missing. */
  @Test
  void whatAsksForAGpuFallsBackToTheCpu() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var onGpu =
          tf.withDevice(
              DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(0).build());
      var sum = onGpu.math.add(onGpu.constant(1f), onGpu.constant(2f));
      ConfigProto config =
          new Device("auto")
              .configure(ConfigProto.newBuilder())
              .setAllowSoftPlacement(true)
              .build();
      try (Session session = new Session(graph, config);
          var result = session.runner().fetch(sum).run()) {
        assertEquals(3f, ((TFloat32) result.get(0)).getFloat());
      }
    }
  }
}

package org.score4j.engine.device;

import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TFE_CustomDeviceTensorHandle.Num_dims_Pointer_TF_Status;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * TensorFlow's first run, of a graph that does nothing, with standard error leading nowhere.
 *
 * <p>At its first run the library prints that an optimisation is off, with a warning about its own
 * log, whatever TF_CPP_MIN_LOG_LEVEL is: that logger is hidden in the library and cannot be told.
 * What is of interest comes later, and is printed. Where that variable asks for everything, and
 * where there is no POSIX, nothing is kept away (see {@link NativeLog}).
 */
public final class FirstRun {
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  // As with gradients, this concerns the process, so that class initialisation is its one state.
  static {
    if (!NativeLog.level().equals("0") && hasPosix()) {
      quietly();
    }
  }

  private FirstRun() {}

  /** Sees to it that the first run has been, once for the process. */
  public static void done() {
    // Initialising this class, which calling the method does, is all there is to do.
  }

  private static boolean hasPosix() {
    return Stream.of("dup", "dup2", "open", "close")
        .allMatch(function -> Loader.addressof(function) != null);
  }

  private static void quietly() {
    int kept = call("dup", new Number(STANDARD_ERROR), 0);
    int nowhere = call("open", new BytePointer("/dev/null"), WRITE_ONLY);
    if (kept < 0 || nowhere < 0) {
      return;
    }
    call("dup2", new Number(nowhere), STANDARD_ERROR);
    // The first session that has a GPU decides on its memory; this is not to be that session.
    ConfigProto settings = Device.CPU.configure(ConfigProto.newBuilder()).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, settings)) {
      session.runner().addTarget(Ops.create(graph).noOp()).run().close();
    } finally {
      call("dup2", new Number(kept), STANDARD_ERROR);
      call("close", new Number(kept), 0);
      call("close", new Number(nowhere), 0);
    }
  }

  /** Calls a function of the C library that takes and returns small numbers, or an address. */
  private static int call(String function, Pointer first, int second) {
    // JavaCPP calls what a function pointer of this shape points to, be it what it may.
    try (PointerPointer<Pointer> target = new PointerPointer<>(2)) {
      target.put(0, Loader.addressof(function)).put(1, (Pointer) null);
      return new Num_dims_Pointer_TF_Status(target).call(first, new TF_Status(new Number(second)));
    }
  }

  /** A number in the place of an address. */
  private static final class Number extends Pointer {
    Number(int value) {
      super((Pointer) null);
      address = value;
    }
  }
}

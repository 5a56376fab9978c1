package org.score4j.engine.device;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.score4j.format.FileFault;

/**
 * The CUDA libraries that the GPU profile brings along, so that a driver is all that a machine must
 * have. TensorFlow asks the system for them by name, which knows those already in the process: they
 * are to be loaded before it. Elsewhere there are none, and nothing happens.
 */
public final class CudaLibraries {
  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";

  /** Each after those it needs. */
  private static final List<String> NAMES =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcurand.so.10",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libcupti.so.12",
          "libnccl.so.2",
          "libnvrtc-builtins.so.12.6",
          "libnvrtc.so.12",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9",
          "libcudnn.so.9");

  private CudaLibraries() {}

  /** Whether they came along. */
  public static boolean present() {
    return resource(NAMES.get(0)) != null;
  }

  /**
   * Loads those that came along; the first time ever they are unpacked, 2.6 GB. Loading again does
   * nothing.
   *
   * @return why some could not be loaded; TensorFlow then does without a GPU
   */
  public static List<String> load() {
    List<String> problems = new ArrayList<>();
    if (present()) {
      for (String name : NAMES) {
        try {
          File unpacked = Loader.cacheResource(resource(name));
          System.load(unpacked.getPath());
        } catch (IOException e) {
          problems.add(name + ": " + FileFault.reason(e));
        } catch (UnsatisfiedLinkError e) {
          problems.add(name + ": " + e.getMessage());
        }
      }
    }
    return problems;
  }

  private static URL resource(String name) {
    return CudaLibraries.class.getClassLoader().getResource(FOLDER + name);
  }
}

package org.score4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.score4j.format.TensorFile;

/** A TorchScript module in libtorch. */
final class TorchModule implements AutoCloseable {
  private static final String WRAPPERS = "^(gradients\\.)?(network\\.)?";

  private final PtNDManager manager;
  private final PtSymbolBlock block;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final boolean training;

  /**
   * Loads a module.
   *
   * @param weights values of its parameters, by name; all of them and no others
   * @param training whether it computes gradients
   */
  TorchModule(Path file, Path weights, boolean training, int threads) {
    this.training = training;
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(training);
    String[] none = {};
    // Parameters of a module that was loaded for inference alone could not be set.
    block = JniUtils.loadModule(manager, file, true, none, none, true);
    if (training) {
      JniUtils.enableTrainingMode(block);
    } else {
      JniUtils.enableInferenceMode(block);
    }
    for (NDArray parameter : JniUtils.moduleGetParams(block, manager)) {
      parameters.put(parameter.getName().replaceFirst(WRAPPERS, ""), parameter);
    }
    TensorFile values = TensorFile.open(weights);
    if (!values.names().equals(parameters.keySet())) {
      throw new IllegalStateException(
          "the networks differ: " + parameters.keySet() + " and " + values.names());
    }
    parameters.forEach((name, parameter) -> parameter.set(FloatBuffer.wrap(values.floats(name))));
  }

  Map<String, NDArray> parameters() {
    return parameters;
  }

  /** Arrays of zeros of the shapes of the parameters. */
  List<NDArray> zeros() {
    List<NDArray> zeros = new ArrayList<>();
    parameters.values().forEach(p -> zeros.add(manager.zeros(p.getShape())));
    return zeros;
  }

  NDArray array(float[] values, long... shape) {
    return manager.create(FloatBuffer.wrap(values), new Shape(shape));
  }

  /** Images [B, H, W, C] in libtorch's order; points as they are. */
  NDArray images(float[] values, int batch, Subject subject) {
    long[] example = subject.example().asArray();
    if (example.length == 1) {
      return array(values, batch, example[0]);
    }
    try (NDArray given = array(values, batch, example[0], example[1], example[2]);
        NDArray turned = given.transpose(0, 3, 1, 2)) {
      // Copied, so that it is contiguous.
      return turned.add(0f);
    }
  }

  /** Names arrays so that a module is given them as one list. */
  static void list(String name, Iterable<NDArray> arrays) {
    arrays.forEach(array -> array.setName(name + "[]"));
  }

  NDList forward(NDList inputs) {
    return IValueUtils.forward(block, inputs, training);
  }

  static float[] values(NDArray array) {
    return ((PtNDArray) array).toFloatArray();
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}

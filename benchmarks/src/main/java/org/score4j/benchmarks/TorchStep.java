package org.score4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A whole training step in libtorch: {@code networks.py} has what belongs to it. */
final class TorchStep implements Task {
  private final TorchModule module;
  private final List<NDArray> batch = new ArrayList<>();
  private final List<NDArray> state = new ArrayList<>();
  private long number;

  TorchStep(Subject subject, int size, Path folder, int threads) {
    module =
        new TorchModule(
            folder.resolve("network.step.pt"),
            folder.resolve(OurTraining.REFERENCE),
            true,
            threads);
    Inputs inputs = Inputs.of(subject, size);
    long[] perExample = new long[subject.example().numDimensions() + 1];
    Arrays.fill(perExample, 1);
    perExample[0] = size;
    batch.add(module.images(inputs.data(), size, subject));
    batch.add(module.array(inputs.labels(subject.images()), size));
    batch.add(module.array(inputs.alpha(), perExample));
    batch.add(module.array(inputs.sigma(), perExample));
    TorchModule.list("parameters", module.parameters().values());
    state.addAll(module.parameters().values());
    for (String name : List.of("first", "second", "averages")) {
      List<NDArray> zeros = module.zeros();
      TorchModule.list(name, zeros);
      state.addAll(zeros);
    }
  }

  @Override
  public void run() {
    try (NDArray count = module.array(new float[] {++number}, 1)) {
      NDList inputs = new NDList(batch);
      inputs.add(count);
      inputs.addAll(state);
      try (NDList norm = module.forward(inputs)) {
        TorchModule.values(norm.get(0));
      }
    }
  }

  @Override
  public void close() {
    module.close();
  }
}

package org.score4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.nio.file.Path;
import java.util.Map;

/** The network in libtorch, from and to Java's memory. */
final class TorchForward implements Task {
  private final Subject subject;
  private final TorchModule module;
  private final NDArray x;
  private final NDArray labels;
  private float[] last;

  TorchForward(Subject subject, int batch, Path folder, int threads) {
    this.subject = subject;
    module =
        new TorchModule(
            folder.resolve("network.forward.pt"),
            folder.resolve(OurTraining.REFERENCE),
            false,
            threads);
    Inputs inputs = Inputs.of(subject, batch);
    x = module.images(inputs.noised(), batch, subject);
    labels = module.array(inputs.labels(subject.images()), batch);
  }

  @Override
  public void run() {
    try (NDList outputs = module.forward(new NDList(x, labels))) {
      last = TorchModule.values(outputs.get(0));
    }
  }

  @Override
  public Map<String, float[]> outputs() {
    if (!subject.images()) {
      return Map.of("noise", last);
    }
    try (NDArray images = module.array(last, x.getShape().getShape());
        NDArray turned = images.transpose(0, 2, 3, 1)) {
      return Map.of("noise", TorchModule.values(turned));
    }
  }

  @Override
  public void close() {
    module.close();
  }
}

package org.score4j.benchmarks;

import ai.djl.ndarray.NDList;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The gradients of {@link GivenNoiseLoss} in libtorch. */
final class TorchGradients implements Task {
  private final TorchModule module;
  private final NDList inputs = new NDList();
  private final Map<String, float[]> last = new LinkedHashMap<>();

  TorchGradients(Subject subject, int batch, Path folder, int threads) {
    module =
        new TorchModule(
            folder.resolve("network.gradients.pt"),
            folder.resolve(OurTraining.REFERENCE),
            true,
            threads);
    Inputs given = Inputs.of(subject, batch);
    inputs.add(module.images(given.noised(), batch, subject));
    inputs.add(module.array(given.labels(subject.images()), batch));
    inputs.add(module.images(given.noise(), batch, subject));
    TorchModule.list("parameters", module.parameters().values());
    inputs.addAll(module.parameters().values());
  }

  @Override
  public void run() {
    try (NDList gradients = module.forward(inputs)) {
      int i = 0;
      for (String name : module.parameters().keySet()) {
        last.put(name, TorchModule.values(gradients.get(i++)));
      }
    }
  }

  @Override
  public Map<String, float[]> outputs() {
    return last;
  }

  @Override
  public void close() {
    module.close();
  }
}

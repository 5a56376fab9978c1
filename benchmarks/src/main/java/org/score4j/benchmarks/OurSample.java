package org.score4j.benchmarks;

import java.nio.file.Path;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.engine.device.Device;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFile;

/** One batch of samples, drawn by the recipe's sampler. */
final class OurSample implements Task {
  private final Subject subject;
  private final SamplingProgram program;
  private long first;

  OurSample(Subject subject, int batch, Precision precision, Path weights) {
    this.subject = subject;
    program =
        new SamplingProgram(
            subject.recipe().sde(),
            subject.recipe().scoreModel(),
            subject.recipe().sampler().orElseThrow(),
            subject.example(),
            batch,
            subject.classes(),
            precision,
            new SamplingOptions()
                .with(Device.CPU)
                .with(new StoredParameters(() -> TensorFile.open(weights), "model")));
  }

  @Override
  public void run() {
    program.draw(0, first, n -> (int) (n % Math.max(1, subject.classes())), Progress.NONE);
    first += program.batch();
  }

  @Override
  public void close() {
    program.close();
  }
}

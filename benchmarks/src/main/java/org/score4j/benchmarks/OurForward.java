package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import org.score4j.api.Precision;
import org.score4j.engine.device.Device;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.format.TensorFile;

/** The network of score4j, evaluated as samplers and the command {@code score} evaluate it. */
final class OurForward implements Task {
  private final Inputs inputs;
  private final float[] x;
  private final int[] labels;
  private final ScoreProgram program;
  private ScoreProgram.Scores last;

  OurForward(Subject subject, int batch, Precision precision, Path weights) {
    inputs = Inputs.of(subject, batch);
    x = inputs.noised();
    labels = new int[batch];
    program =
        new ScoreProgram(
            subject.recipe().sde(),
            subject.recipe().scoreModel(),
            subject.example(),
            0,
            precision,
            Device.CPU,
            new StoredParameters(() -> TensorFile.open(weights), "model"));
  }

  @Override
  public void run() {
    last = program.at(x, inputs.t(), labels);
  }

  @Override
  public Map<String, float[]> outputs() {
    return Map.of("noise", last.noise());
  }

  @Override
  public void close() {
    program.close();
  }
}

package org.score4j.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.score4j.api.Precision;
import org.score4j.format.TensorFile;

/** The gradients of {@link GivenNoiseLoss} by score4j, by the other side's names. */
final class OurGradients implements Task {
  private final OurTraining training;
  private final ByteBuffer data;
  private final int[] labels;
  private Map<String, float[]> last;

  OurGradients(Subject subject, int batch, Precision precision, Path weights) {
    Inputs inputs = Inputs.of(subject, batch);
    training = new OurTraining(subject, batch, precision, new GivenNoiseLoss(inputs));
    training.program().load(TensorFile.open(weights));
    labels = new int[batch];
    data = OurTraining.bytes(inputs.data());
  }

  @Override
  public void run() {
    last = training.program().gradients(1, data.rewind(), labels);
  }

  @Override
  public Map<String, float[]> outputs() {
    return training.translated(last);
  }

  @Override
  public void close() {
    training.close();
  }
}

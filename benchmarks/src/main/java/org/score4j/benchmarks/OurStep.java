package org.score4j.benchmarks;

import java.nio.ByteBuffer;
import org.score4j.api.Precision;

/** A whole training step of score4j, as the command {@code train} does one after the other. */
final class OurStep implements Task {
  private final OurTraining training;
  private final ByteBuffer data;
  private final int[] labels;
  private long number;

  OurStep(Subject subject, int batch, Precision precision) {
    training = new OurTraining(subject, batch, precision, subject.recipe().loss());
    labels = new int[batch];
    data = OurTraining.bytes(Inputs.of(subject, batch).data());
  }

  @Override
  public void run() {
    training.program().step(++number, data.rewind(), labels);
  }

  @Override
  public void close() {
    training.close();
  }
}

package org.score4j.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import org.score4j.api.Precision;

/** A checkpoint, down to the disk: parameters, averages and the memory of Adam. */
final class OurCheckpoint implements Task {
  private final OurTraining training;
  private final Path file;

  OurCheckpoint(Subject subject, Path file) {
    this.file = file;
    training = new OurTraining(subject, 1, Precision.FLOAT32, subject.recipe().loss());
  }

  @Override
  public void run() {
    training.program().save(file, Map.of());
  }

  @Override
  public void close() {
    training.close();
  }
}

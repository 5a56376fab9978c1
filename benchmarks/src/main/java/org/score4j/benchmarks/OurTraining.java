package org.score4j.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Loss;
import org.score4j.api.Precision;
import org.score4j.api.ReferenceWeight;
import org.score4j.engine.training.Augmentation;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.format.TensorStream;
import org.score4j.engine.training.TrainingProgram;
import org.score4j.engine.training.TrainingSettings;
import org.score4j.recipe.Training;
import org.tensorflow.ndarray.Shape;

/** A network of score4j in training. */
final class OurTraining implements AutoCloseable {
  static final String CHECKPOINT = "score4j.safetensors";
  static final String REFERENCE = "reference.safetensors";

  private final Subject subject;
  private final TrainingProgram program;

  OurTraining(Subject subject, int batch, Precision precision, Loss loss) {
    this.subject = subject;
    Training training = subject.recipe().training().orElseThrow();
    program =
        new TrainingProgram(
            subject.recipe().sde(),
            subject.recipe().scoreModel(),
            loss,
            training.optimizer(),
            new TrainingSettings(
                batch,
                training.warmup(),
                training.gradientClip(),
                training.averaging().decays().get(0),
                0,
                new Augmentation(false, false),
                precision,
                subject.recipe().seed()),
            subject.example(),
            Optional.empty(),
            subject.classes());
  }

  TrainingProgram program() {
    return program;
  }

  static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  /** Writes weights for our side alone. */
  static void writeOurs(Subject subject, Path folder) {
    try (var training = new OurTraining(subject, 1, Precision.FLOAT32, subject.recipe().loss())) {
      Map<String, Shape> ours = new LinkedHashMap<>();
      training.program.entries().forEach(entry -> ours.put(entry.name(), entry.shape()));
      try (var stream = new TensorStream(folder.resolve(CHECKPOINT), Map.of(), ours)) {
        for (CheckpointEntry entry : training.program.entries()) {
          stream.write(entry.name(), Subject.weights(entry));
        }
        stream.finish();
      }
    }
  }

  /** Writes weights for both sides, each by its own names. */
  static void writeWeights(Subject subject, Path folder) {
    writeOurs(subject, folder);
    try (var training = new OurTraining(subject, 1, Precision.FLOAT32, subject.recipe().loss())) {
      Map<String, Shape> parameters = training.program.parameters();
      Map<String, Shape> theirs = new LinkedHashMap<>();
      for (ReferenceWeight weight : subject.references(parameters)) {
        Shape shape = weight.referenceShape(parameters.get(weight.path()));
        weight.references().forEach(name -> theirs.put(name, shape));
      }
      try (var stream = new TensorStream(folder.resolve(REFERENCE), Map.of(), theirs)) {
        for (ReferenceWeight weight : subject.references(parameters)) {
          Shape shape = parameters.get(weight.path());
          float[] values =
              Subject.weights(new CheckpointEntry("model/" + weight.path(), shape, true));
          weight.tensors(values, shape).forEach(stream::write);
        }
        stream.finish();
      }
    }
  }

  /** Values of parameters by the other side's names. */
  Map<String, float[]> translated(Map<String, float[]> byPath) {
    Map<String, Shape> shapes = program.parameters();
    Map<String, float[]> all = new LinkedHashMap<>();
    for (ReferenceWeight weight : subject.references(shapes)) {
      all.putAll(weight.tensors(byPath.get(weight.path()), shapes.get(weight.path())));
    }
    return all;
  }

  @Override
  public void close() {
    program.close();
  }
}

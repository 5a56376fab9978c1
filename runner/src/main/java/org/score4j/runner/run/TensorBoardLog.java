package org.score4j.runner.run;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.score4j.engine.BatchReader;
import org.score4j.engine.FileFailure;
import org.score4j.engine.Snapshot;
import org.score4j.engine.TrainingProgram;
import org.score4j.runner.recipe.TensorBoard;
import org.tensorflow.proto.Summary;

/** Curves, histograms and pictures of samples for TensorBoard. */
final class TensorBoardLog implements AutoCloseable {
  /** Where the sizes stand in a PNG file. */
  private static final int PNG_WIDTH = 16;

  private static final int PNG_HEIGHT = 20;
  private static final int RGB = 3;

  private final TensorBoard wanted;
  private final EventFile file;
  private final Preview preview;

  TensorBoardLog(TensorBoard wanted, EventFile file, Preview preview) {
    this.wanted = wanted;
    this.file = file;
    this.preview = preview;
  }

  /** A curve for each number of a line, under the line's own names. */
  void scalars(Map<String, Object> line) {
    List<Summary.Value> values = new ArrayList<>();
    collect("", line, values);
    file.add(((Number) line.get("step")).longValue(), values);
  }

  private static void collect(String path, Map<?, ?> line, List<Summary.Value> values) {
    line.forEach(
        (key, value) -> {
          String tag = path + key;
          if (value instanceof Map<?, ?> inner) {
            collect(tag + "/", inner, values);
          } else if (value instanceof Number number && !tag.equals("step")) {
            values.add(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(number.floatValue()).build());
          }
        });
  }

  private boolean histogramsAreDue(long step) {
    return wanted.histogramsEvery() > 0 && step % wanted.histogramsEvery() == 0;
  }

  /** Histograms of the gradients of a step that is about to be taken. */
  void gradients(TrainingProgram program, BatchReader reader, long batch, long step) {
    if (histogramsAreDue(step)) {
      BatchReader.Batch read = reader.read(batch);
      histograms("gradient", program.gradients(batch, read.data(), read.labels()), step);
    }
  }

  private void histograms(String prefix, Map<String, float[]> tensors, long step) {
    List<Summary.Value> values = new ArrayList<>();
    tensors.forEach(
        (name, numbers) ->
            Histogram.of(numbers)
                .ifPresent(
                    histogram ->
                        values.add(
                            Summary.Value.newBuilder()
                                .setTag(prefix + "/" + name)
                                .setHisto(histogram)
                                .build())));
    file.add(step, values);
  }

  /** Histograms of the parameters, and samples of the first average, when they are due. */
  void look(TrainingProgram program, long step) {
    boolean samplesAreDue = wanted.samplesEvery() > 0 && step % wanted.samplesEvery() == 0;
    if (!histogramsAreDue(step) && !samplesAreDue) {
      return;
    }
    try (Snapshot snapshot = program.snapshot()) {
      if (histogramsAreDue(step)) {
        histograms("parameter", snapshot.values("model"), step);
      }
      if (samplesAreDue) {
        preview.draw(snapshot, wanted.samples(), step).ifPresent(png -> picture(png, step));
      }
    }
  }

  private void picture(Path png, long step) {
    try {
      byte[] bytes = Files.readAllBytes(png);
      ByteBuffer header = ByteBuffer.wrap(bytes);
      var image =
          Summary.Image.newBuilder()
              .setWidth(header.getInt(PNG_WIDTH))
              .setHeight(header.getInt(PNG_HEIGHT))
              .setColorspace(RGB)
              .setEncodedImageString(ByteString.copyFrom(bytes));
      file.add(step, List.of(Summary.Value.newBuilder().setTag("samples").setImage(image).build()));
    } catch (IOException e) {
      throw FileFailure.reading(png, e);
    }
  }

  /** Returns once everything is on the disk. */
  void force() {
    file.force();
  }

  @Override
  public void close() {
    file.close();
  }
}

package org.score4j.report.tensorboard;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.score4j.RunListener;
import org.score4j.TrainedStep;
import org.score4j.engine.graph.Snapshot;
import org.score4j.folder.RunFolder;
import org.score4j.format.FileFailure;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.TensorBoard;
import org.score4j.report.picture.Preview;
import org.tensorflow.proto.Summary;

/** Curves, histograms and pictures of samples for TensorBoard. */
public final class TensorBoardLog implements RunListener {
  /** Where the sizes stand in a PNG file. */
  private static final int PNG_WIDTH = 16;

  private static final int PNG_HEIGHT = 20;
  private static final int RGB = 3;

  private final Optional<TensorBoard> wanted;
  private final RunFolder folder;
  private final Preview preview;
  private Optional<EventFile> file = Optional.empty();

  @Inject
  TensorBoardLog(Recipe recipe, RunFolder folder, Preview preview) {
    wanted = recipe.training().isPresent() ? recipe.logging().tensorBoard() : Optional.empty();
    this.folder = folder;
    this.preview = preview;
  }

  @Override
  public void started(Start start) {
    file = wanted.map(unused -> EventFile.continueAfter(folder.events(), start.done()));
  }

  /** A curve for each number, under its own name. */
  @Override
  public void logged(long step, Map<String, Object> logged) {
    List<Summary.Value> values = new ArrayList<>();
    collect("", logged, values);
    add(step, values);
  }

  private void add(long step, List<Summary.Value> values) {
    file.ifPresent(events -> events.add(step, values));
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
    return file.isPresent() && isDue(wanted.orElseThrow().histogramsEvery(), step);
  }

  private static boolean isDue(int every, long step) {
    return every > 0 && step % every == 0;
  }

  /** Histograms of the gradients. */
  @Override
  public void updating(long step, Supplier<Map<String, float[]>> gradients) {
    if (histogramsAreDue(step)) {
      histograms("gradient", gradients.get(), step);
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
    add(step, values);
  }

  /** Histograms of the parameters, and samples of the first average, when they are due. */
  @Override
  public void step(TrainedStep trained) {
    long step = trained.number();
    boolean samplesAreDue = file.isPresent() && isDue(wanted.orElseThrow().samplesEvery(), step);
    if (!histogramsAreDue(step) && !samplesAreDue) {
      return;
    }
    try (Snapshot snapshot = trained.snapshot()) {
      if (histogramsAreDue(step)) {
        histograms("parameter", snapshot.values("model"), step);
      }
      if (samplesAreDue) {
        preview
            .draw(snapshot, wanted.orElseThrow().samples(), step)
            .ifPresent(png -> picture(png, step));
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
      add(step, List.of(Summary.Value.newBuilder().setTag("samples").setImage(image).build()));
    } catch (IOException e) {
      throw FileFailure.reading(png, e);
    }
  }

  @Override
  public void saving(long step) {
    file.ifPresent(EventFile::force);
  }

  @Override
  public void finished(Outcome outcome) {
    close();
  }

  @Override
  public void failed() {
    close();
  }

  private void close() {
    file.ifPresent(EventFile::close);
    file = Optional.empty();
  }
}

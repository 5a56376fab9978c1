package org.score4j.sampling;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.engine.graph.StoredParameters;
import org.score4j.engine.score.ScoreProgram;
import org.score4j.engine.score.TimeRange;
import org.score4j.examples.Units;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.folder.TrainingState;
import org.score4j.folder.Weights;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorStream;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.tensorflow.ndarray.Shape;

/**
 * Computes the score of noised data that a file holds, a batch at a time. With standardized data,
 * {@code x = (y - mean) / deviation} at every time: {@code y} is given, {@code score = grad_y log
 * p_t(y) = grad_x log p_t(x) / deviation} and {@code denoised} are in the units of the data, and
 * {@code noise}, of variance 1, has none.
 */
public final class Scorer {
  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Units units;

  @Inject
  public Scorer(Recipe recipe, Examples examples, RunFolder folder) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.units = Units.of(examples);
  }

  /**
   * Writes {@code score}, {@code noise} and {@code denoised} of every example, in the layout of the
   * input.
   *
   * @param input {@code x} or {@code x_nchw}, {@code t}, and {@code labels} if the data have
   *     classes; or a file of samples
   * @param progress told in examples
   * @return number of examples
   * @throws BadInput if the input cannot be used, the output is there, or the run is not trained;
   *     no output is then written
   */
  public long score(Path input, NewOutput output, Weights weights, Progress progress) {
    output.checkFile();
    var request =
        ScoreRequest.open(
            input, examples.shape(), examples.classes(), Optional.of(new TimeRange(recipe.sde())));
    if (request.asksForClasses() && !recipe.scoreModel().conditional()) {
      throw new BadInput(
          input
              + ": labels: the model of "
              + folder.path()
              + " takes no classes; leave labels out, or set them to -1");
    }
    Optional<TensorFile> checkpoint = folder.newestCheckpoint();
    try (var program = program(weights)) {
      Map<String, String> metadata = new LinkedHashMap<>();
      if (program.parameterCount() > 0) {
        checkpoint.ifPresent(c -> metadata.put("step", Long.toString(TrainingState.of(c).step())));
      }
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (String name : new String[] {"score", "noise", "denoised"}) {
        shapes.put(name, request.shape());
      }
      try (var stream = new TensorStream(output.path(), metadata, shapes)) {
        write(request, program, stream, progress);
        stream.finish();
      }
    }
    return request.batch();
  }

  /**
   * A program that computes scores with the weights of the newest checkpoint.
   *
   * @throws BadInput if the run is not trained
   */
  public ScoreProgram program(Weights weights) {
    Optional<TensorFile> checkpoint = folder.newestCheckpoint();
    return new ScoreProgram(
        recipe.sde(),
        recipe.scoreModel(),
        examples.shape(),
        examples.classes(),
        recipe.samplingCompute().precision(),
        recipe.device(),
        new StoredParameters(() -> checkpoint.orElseThrow(folder::untrained), weights.prefix()));
  }

  /** Scores in the units of the data. */
  public ScoreProgram.Scores at(ScoreProgram program, float[] x, float[] t, int[] labels) {
    var scores = program.at(units.ofModel(x), t, labels);
    return new ScoreProgram.Scores(
        units.scoresOfData(scores.score()), scores.noise(), units.ofData(scores.denoised()));
  }

  private void write(
      ScoreRequest request, ScoreProgram program, TensorStream stream, Progress progress) {
    long total = request.batch();
    int batch = recipe.sampling().batchSize();
    for (long first = 0; first < total; first += batch) {
      int count = (int) Math.min(batch, total - first);
      var scores =
          program.at(
              units.ofModel(request.data(first, count)),
              request.times(first, count),
              request.labels(first, count));
      stream.write("score", request.inOwnLayout(units.scoresOfData(scores.score())));
      stream.write("noise", request.inOwnLayout(scores.noise()));
      stream.write("denoised", request.inOwnLayout(units.ofData(scores.denoised())));
      progress.step(first + count, total);
    }
  }
}

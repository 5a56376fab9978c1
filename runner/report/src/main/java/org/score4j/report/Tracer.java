package org.score4j.report;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.score4j.api.Examples;
import org.score4j.api.Progress;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.SamplingProgram;
import org.score4j.examples.ExampleValues;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.report.plane.Timeline;
import org.score4j.sampling.Generator;
import org.score4j.sampling.SamplingFailure;
import org.score4j.size.ArraySize;

/** Follows samples from the prior to the data, and data to the prior. */
public final class Tracer {
  /** Numbers that are kept of a batch's way: 256 MiB. */
  private static final int MOST_NUMBERS = 1 << 26;

  private static final int STATES_PER_POINT = 4;

  private final Recipe recipe;
  private final Examples examples;
  private final Generator generator;
  private final SampleLabels labels;

  @Inject
  Tracer(Recipe recipe, Examples examples, Generator generator, SampleLabels labels) {
    this.recipe = recipe;
    this.examples = examples;
    this.generator = generator;
    this.labels = labels;
  }

  /**
   * Ways of samples or data.
   *
   * @param states at each point of the way all of them, row-major
   * @param times of each point, a mean where the samples' times differ
   * @param evaluations network evaluations for each sample; 0 for data
   */
  public record Ways(float[][] states, double[] times, long evaluations) {}

  /**
   * Draws the samples that {@link Generator#stream} draws, to the bit; empty if the sampler never
   * evaluates the score at its state, so that nobody knows where samples are on their way.
   *
   * @param points of the way to tell, the first at the prior, the last at the samples
   * @param between as {@link PathRecorder#points} has it
   * @param progress told in steps of the sampler, over all batches
   * @throws org.score4j.recipe.plugin.BadInput if the run has not been trained
   * @throws SamplingFailure if a sample is not finite
   */
  public Optional<Ways> reverse(
      Timeline timeline, int count, long seed, int points, boolean between, Progress progress) {
    int batch = Math.min(count, recipe.sampling().batchSize());
    int size = Math.toIntExact(examples.shape().size());
    int batches = ArraySize.batches(count, batch);
    int length = ArraySize.of("--count", count, size);
    int most = Math.max(STATES_PER_POINT * points, MOST_NUMBERS / (batch * size));
    float[][] states = new float[points][length];
    double[] places = new double[points];
    try (SamplingProgram program = generator.trained(batch)) {
      for (int b = 0; b < batches; b++) {
        long before = b;
        var recorder = new PathRecorder(most);
        float[] samples =
            program.draw(
                seed,
                (long) b * batch,
                labels.of(seed),
                (done, total) -> progress.step(before * total + done, batches * total),
                recorder);
        int used = Math.min(batch, count - b * batch);
        Generator.refuseNonFinite(Arrays.copyOf(samples, used * size), used);
        if (recorder.isEmpty()) {
          return Optional.empty();
        }
        var found = recorder.points(timeline, samples, points, between);
        for (int point = 0; point < points; point++) {
          System.arraycopy(found.states()[point], 0, states[point], b * batch * size, used * size);
          places[point] += found.places()[point] / batches;
        }
      }
      double[] times = Arrays.stream(places).map(timeline::time).toArray();
      return Optional.of(new Ways(states, times, program.evaluations() / batches));
    }
  }

  /**
   * Adds noise to data by the forward process, from its start time to its end:
   *
   * <pre>
   *   x_t = alpha_ts x_s + sigma_ts z,    z ~ N(0, I).
   * </pre>
   *
   * @param count how many of the first examples, no more than there are
   * @param points of the way, which follow each other evenly by the timeline
   */
  public Ways forward(Timeline timeline, int count, long seed, int points) {
    Sde sde = recipe.sde();
    var random = new Random(seed);
    float[][] states = new float[points][];
    double[] times = new double[points];
    states[0] = ExampleValues.of(examples, 0, count);
    times[0] = sde.startTime();
    for (int point = 1; point < points; point++) {
      times[point] = timeline.time((double) point / (points - 1));
      var transition = sde.transition(times[point - 1], times[point]);
      float[] next = new float[states[0].length];
      for (int i = 0; i < next.length; i++) {
        next[i] =
            (float)
                (transition.alpha() * states[point - 1][i]
                    + transition.sigma() * random.nextGaussian());
      }
      states[point] = next;
    }
    return new Ways(states, times, 0);
  }
}

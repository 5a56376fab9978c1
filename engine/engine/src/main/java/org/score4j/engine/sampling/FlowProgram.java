package org.score4j.engine.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.random.GivenNoise;
import org.score4j.engine.score.Divergence;
import org.score4j.engine.score.LogDensity;
import org.score4j.engine.score.TimeRange;
import org.score4j.solver.DormandPrince;
import org.score4j.solver.FlowRate;
import org.score4j.solver.Tolerance;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The probability-flow ODE of a model, compiled to be followed both ways: from data to the latents
 * they come from and back, with the log-density of the data if wanted. It starts at the earliest
 * time of the forward process, {@link TimeRange#first}, and ends at the last.
 *
 * <p>What is said of an example depends on no other of its batch, apart from rounding.
 */
public final class FlowProgram implements AutoCloseable {
  private final Sde sde;
  private final int size;
  private final boolean diverges;
  private final Flow flow;
  private final SamplingProgram program;

  /**
   * How a flow is solved.
   *
   * @param state of each step of the path
   * @param divergence with which densities are told; empty to encode and decode alone
   * @param density of each step of the log-density, which then shortens steps; empty to take it
   *     along in steps that suit the path, far too long for it where there is little noise: the
   *     divergence of images grows as 1/t there while the path hardly moves
   * @param directions of an estimated divergence, asked for once for each probe of a batch; drawn
   *     if empty
   */
  public record Settings(
      Tolerance state,
      Optional<Divergence> divergence,
      Optional<Tolerance> density,
      Optional<GivenNoise> directions) {

    /** To encode and decode. */
    public Settings(Tolerance state) {
      this(state, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** To tell densities too. */
    public Settings(Tolerance state, Divergence divergence, Optional<Tolerance> density) {
      this(state, Optional.of(divergence), density, Optional.empty());
    }

    /** The same along given directions. */
    public Settings along(GivenNoise given) {
      return new Settings(state, divergence, density, Optional.of(given));
    }
  }

  /**
   * Data with what the flow tells of them.
   *
   * @param latents where their paths end, row-major, one after the other
   * @param densities of each
   */
  public record Densities(float[] latents, List<LogDensity> densities) {}

  /**
   * Compiles the flow of a model.
   *
   * @param sde the forward process
   * @param model the score of the data; its parameters come with the options if it has any
   * @param example shape of one example: [H, W, C] or [D]
   * @param batch number of examples taken together, at least 1
   * @param classes number of classes the model is conditioned on; 0 if none
   * @param precision arithmetic of the network
   * @param options where it runs, and its parameters; it loops on the host
   * @param settings how it is solved
   * @throws org.score4j.api.InvalidValueException if the model does not suit the shape, or the
   *     examples are too large for an exact divergence
   */
  public FlowProgram(
      Sde sde,
      ScoreModel model,
      Shape example,
      int batch,
      int classes,
      Precision precision,
      SamplingOptions options,
      Settings settings) {
    this.sde = sde;
    this.size = (int) example.size();
    this.diverges = settings.divergence().isPresent();
    this.flow = new Flow(settings);
    settings.divergence().ifPresent(d -> d.check(size));
    SamplingOptions onHost = options.with(LoopMode.HOST);
    this.program =
        new SamplingProgram(
            sde,
            model,
            flow,
            example,
            batch,
            classes,
            precision,
            settings.directions().map(onHost::with).orElse(onHost));
  }

  /** The sampler's contract, with the direction of time to be chosen before each run. */
  private static final class Flow implements Sampler {
    private final Settings settings;
    private boolean backwards;
    private double[][] integrals;

    Flow(Settings settings) {
      this.settings = settings;
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      var rate = new FlowRate(graph, graph.levelPerSample("t"));
      var directions = settings.divergence().map(d -> Divergence.Directions.of(d, graph));
      var solver =
          directions
              .map(d -> new DormandPrince(graph, rate, settings.state(), integrand(d)))
              .orElseGet(() -> new DormandPrince(graph, rate, settings.state(), 0));
      double start = new TimeRange(graph.sde()).start();
      double end = graph.sde().endTime();
      return progress -> {
        directions.ifPresent(Divergence.Directions::draw);
        integrals = solver.integrate(backwards ? end : start, backwards ? start : end, progress);
      };
    }

    private DormandPrince.Integrand integrand(Divergence.Directions directions) {
      return new DormandPrince.Integrand() {
        @Override
        public Operand<TFloat32> of(Operand<TFloat32> x, Operand<TFloat32> rate) {
          return directions.of(x, rate);
        }

        @Override
        public Optional<Tolerance> tolerance() {
          return settings.density();
        }
      };
    }
  }

  /** Network evaluations (each of a whole batch) since this program was made. */
  public long evaluations() {
    return program.evaluations();
  }

  /**
   * The latents of data, of about the prior's standard deviation.
   *
   * @param x data, row-major, as many as a batch
   * @param first number of the batch's first example
   * @param label class of an example by its number; not asked if the model has no classes
   * @param progress told after each step
   */
  public float[] encode(float[] x, long first, LongToIntFunction label, Progress progress) {
    return follow(false, x, 0, first, label, progress);
  }

  /** The data of latents; otherwise as {@link #encode}. */
  public float[] decode(float[] z, long first, LongToIntFunction label, Progress progress) {
    return follow(true, z, 0, first, label, progress);
  }

  /**
   * The log-density of data; otherwise as {@link #encode}.
   *
   * @param seed determines the directions of a divergence that is estimated
   * @throws IllegalStateException if this program was compiled without a divergence
   */
  public Densities density(
      float[] x, long seed, long first, LongToIntFunction label, Progress progress) {
    if (!diverges) {
      throw new IllegalStateException("compiled without a divergence");
    }
    float[] z = follow(false, x, seed, first, label, progress);
    LogDensity[] densities = new LogDensity[z.length / size];
    Arrays.setAll(
        densities,
        i ->
            new LogDensity(
                LogDensity.normal(z, i * size, size, sde.priorStandardDeviation()),
                flow.integrals[i]));
    return new Densities(z, List.of(densities));
  }

  private float[] follow(
      boolean backwards,
      float[] from,
      long seed,
      long first,
      LongToIntFunction label,
      Progress progress) {
    flow.backwards = backwards;
    return program.drawFrom(from, seed, first, label, progress);
  }

  @Override
  public void close() {
    program.close();
  }
}

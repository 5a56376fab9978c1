package org.score4j.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.score4j.api.ClassGuidance;
import org.score4j.api.Condition;
import org.score4j.api.ControlGraph;
import org.score4j.api.Corrector;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.LearningRateSchedule;
import org.score4j.api.LevelTensors;
import org.score4j.api.Loss;
import org.score4j.api.LossGraph;
import org.score4j.api.Metric;
import org.score4j.api.MixtureComponent;
import org.score4j.api.ModelScope;
import org.score4j.api.Optimizer;
import org.score4j.api.OptimizerGraph;
import org.score4j.api.PluginName;
import org.score4j.api.Prediction;
import org.score4j.api.Predictor;
import org.score4j.api.Presets;
import org.score4j.api.Required;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreField;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.api.TimeGrid;
import org.score4j.api.Validation;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** Plugins that have every kind of key and do nothing. */
public final class Samples {
  private Samples() {}

  public static PluginCatalogue catalogue() {
    return PluginCatalogue.of(
        List.of(
            Idx.class,
            Mixture.class,
            VarianceExploding.class,
            VariancePreserving.class,
            Mlp.class,
            Cascade.class,
            Guided.class,
            DenoisingScoreMatching.class,
            Adam.class,
            Constant.class,
            AnnealedLangevin.class,
            PredictorCorrector.class,
            Fussy.class,
            Defective.class,
            Euler.class,
            Langevin.class,
            Karras.class,
            Uniform.class,
            Mmd.class));
  }

  @PluginName("idx")
  public record Idx(@Required Path images, Optional<Path> labels, double fraction, Path cache)
      implements Dataset {
    public Idx() {
      this(Path.of("images"), Optional.empty(), 1, Path.of("cache"));
    }

    public Idx {
      Validation.begin().between("fraction", fraction, 0, 1).end();
    }

    @Override
    public Examples open() {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("mixture")
  public record Mixture(@Required List<MixtureComponent> components) implements Dataset {
    public Mixture() {
      this(List.of(new MixtureComponent(1, List.of(0.0), List.of(1.0))));
    }

    @Override
    public Examples open() {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("ve")
  public record VarianceExploding(double sigmaMin, double sigmaMax) implements Sde {
    public VarianceExploding() {
      this(0.01, 50);
    }

    public VarianceExploding {
      Validation.begin()
          .positive("sigmaMin", sigmaMin)
          .rule(sigmaMax > sigmaMin, "sigmaMax", sigmaMax, "must exceed sigmaMin")
          .end();
    }

    @Override
    public double drift(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double diffusion(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double alpha(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double sigma(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double startTime() {
      throw new UnsupportedOperationException();
    }

    @Override
    public double endTime() {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("vp")
  public record VariancePreserving(double betaMin, double betaMax) implements Sde {
    public VariancePreserving() {
      this(0.1, 20);
    }

    @Override
    public double drift(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double diffusion(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double alpha(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double sigma(double t) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double startTime() {
      throw new UnsupportedOperationException();
    }

    @Override
    public double endTime() {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("mlp")
  public record Mlp(
      int width, List<Integer> depths, boolean skip, Prediction prediction, String activation)
      implements ScoreModel {
    public Mlp() {
      this(128, List.of(2, 2), true, Prediction.NOISE, "swish");
    }

    public Mlp {
      Validation.begin().atLeast("width", width, 1).notEmpty("depths", depths).end();
    }

    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("cascade")
  @Presets(Cascades.class)
  public record Cascade(int width, List<Integer> depths, Prediction prediction)
      implements ScoreModel {
    public Cascade() {
      this(128, List.of(2, 2), Prediction.NOISE);
    }

    public Cascade {
      Validation.begin().atLeast("width", width, 1).end();
    }

    @Override
    public Operand<TFloat32> apply(
        ModelScope scope, Operand<TFloat32> x, LevelTensors level, Condition condition) {
      throw new UnsupportedOperationException();
    }
  }

  public enum Cascades implements Supplier<Cascade> {
    CIFAR10(64),
    FFHQ_256(16);

    private final int width;

    Cascades(int width) {
      this.width = width;
    }

    @Override
    public Cascade get() {
      return new Cascade(width, List.of(1), Prediction.SCORE);
    }
  }

  @PluginName("denoising-score-matching")
  public record DenoisingScoreMatching(boolean likelihoodWeighting) implements Loss {
    public DenoisingScoreMatching() {
      this(false);
    }

    @Override
    public Operand<TFloat32> perExample(LossGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("adam")
  public record Adam(double learningRate, double beta1) implements Optimizer {
    public Adam() {
      this(2e-4, 0.9);
    }

    public Adam {
      Validation.begin().positive("learningRate", learningRate).end();
    }

    @Override
    public Op update(OptimizerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("constant")
  public record Constant() implements LearningRateSchedule {
    @Override
    public double factor(long step, long warmup, long steps) {
      return 1;
    }
  }

  @PluginName("annealed-langevin")
  public record AnnealedLangevin(int steps, double snr, double ceiling) implements Sampler {
    public AnnealedLangevin() {
      this(100, 0.16, Double.POSITIVE_INFINITY);
    }

    public AnnealedLangevin {
      Validation.begin().atLeast("steps", steps, 1).positive("snr", snr).end();
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("predictor-corrector")
  public record PredictorCorrector(
      int steps, Predictor predictor, List<Corrector> correctors, TimeGrid grid)
      implements Sampler {
    public PredictorCorrector() {
      this(1000, new Euler(), List.of(new Langevin()), new Karras());
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("fussy")
  public record Fussy(int steps) implements Sampler {
    public Fussy() {
      this(2);
    }

    public Fussy {
      if (steps % 2 != 0) {
        throw new IllegalArgumentException("steps must be even");
      }
    }

    @Override
    public void check(Sde sde) {
      Validation.begin()
          .rule(steps <= 100, "steps", steps, "must not exceed 100 with " + sde)
          .end();
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("defective")
  public record Defective(List<Integer> levels) implements Sampler {
    public Defective() {
      this(List.of(1));
    }

    public Defective {
      if (levels.get(0) < 0) {
        throw new IllegalArgumentException();
      }
    }

    @Override
    public SamplingLoop build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("euler-maruyama")
  public record Euler() implements Predictor {
    @Override
    public Step build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("langevin")
  public record Langevin(double snr, long cap) implements Corrector {
    public Langevin() {
      this(0.16, 1L << 40);
    }

    @Override
    public Step build(SamplerGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("karras")
  public record Karras(double rho) implements TimeGrid {
    public Karras() {
      this(7);
    }

    @Override
    public double[] times(Sde sde, int steps) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("uniform")
  public record Uniform() implements TimeGrid {
    @Override
    public double[] times(Sde sde, int steps) {
      throw new UnsupportedOperationException();
    }
  }

  @PluginName("mmd")
  public record Mmd(List<Double> bandwidths) implements Metric {
    public Mmd() {
      this(List.of(1.0));
    }

    @Override
    public Measuring start(Shape example) {
      throw new UnsupportedOperationException();
    }
  }

  /** Refuses to guide with an odd strength. */
  @PluginName("guided")
  public record Guided(int strength) implements ClassGuidance {
    public Guided() {
      this(2);
    }

    @Override
    public Optional<Integer> target() {
      return Optional.empty();
    }

    @Override
    public List<String> check(boolean conditional, OptionalDouble labelDropout) {
      Validation.begin()
          .rule(strength % 2 == 0, "strength", strength, "must be even, conditional " + conditional)
          .end();
      return List.of();
    }

    @Override
    public ScoreField field(ControlGraph graph) {
      throw new UnsupportedOperationException();
    }
  }

  /** A training of ten steps that differs from the defaults. */
  static Training training(Optimizer optimizer) {
    return new Training(
        10,
        4,
        1,
        optimizer,
        new Constant(),
        0,
        0,
        0,
        10,
        new Averaging(List.of(0.0)),
        new Augmentation(),
        Optional.empty());
  }
}

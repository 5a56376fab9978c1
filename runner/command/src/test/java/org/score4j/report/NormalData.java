package org.score4j.report;

import static org.mockito.Mockito.mock;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.Loss;
import org.score4j.api.PixelRange;
import org.score4j.api.Sampler;
import org.score4j.api.Sde;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.label.ClassMix;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.CheckpointSettings;
import org.score4j.recipe.Compute;
import org.score4j.recipe.Logging;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.tensorflow.ndarray.Shape;

/**
 * Standard normal data, which a variance-preserving process leaves as they are: the flow stands
 * still, and densities are the prior's.
 *
 * @param shape of an example
 * @param pixels if the examples are bytes: the example's number
 * @param classes of the examples
 */
public record NormalData(Shape shape, Optional<PixelRange> pixels, int classes)
    implements Examples {

  /** Without classes. */
  public NormalData(Shape shape, Optional<PixelRange> pixels) {
    this(shape, pixels, 0);
  }

  /** {@code dx = -x dt + sqrt(2) dw}. */
  private record OrnsteinUhlenbeck() implements Sde {
    @Override
    public double drift(double t) {
      return -1;
    }

    @Override
    public double diffusion(double t) {
      return Math.sqrt(2);
    }

    @Override
    public double alpha(double t) {
      return Math.exp(-t);
    }

    @Override
    public double sigma(double t) {
      return Math.sqrt(-Math.expm1(-2 * t));
    }

    @Override
    public double startTime() {
      return 1e-3;
    }

    @Override
    public double endTime() {
      return 3;
    }

    @Override
    public double priorStandardDeviation() {
      return 1;
    }
  }

  public static Recipe recipe(int batch) {
    return new Recipe(
        "exact",
        0,
        mock(Dataset.class),
        true,
        Optional.empty(),
        new OrnsteinUhlenbeck(),
        Optional.of(new Centre()),
        Optional.empty(),
        mock(Loss.class),
        Optional.empty(),
        new Compute(),
        new CheckpointSettings(),
        new Logging(),
        Optional.of(mock(Sampler.class)),
        List.of(),
        new Sampling(
            1,
            batch,
            Optional.empty(),
            LabelChoice.Shares.UNIFORM,
            LoopMode.AUTO,
            Optional.empty()),
        Optional.empty(),
        List.of());
  }

  /** The classes of samples. */
  public static SampleLabels labels(Recipe recipe, Examples data) {
    return new SampleLabels(recipe, data, new ClassMix(data, data));
  }

  @Override
  public int label(long index) {
    return (int) (index % classes);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(5);
  }

  @Override
  public void read(long index, ByteBuffer into) {
    for (int i = 0; i < shape.size(); i++) {
      if (pixels.isPresent()) {
        into.put((byte) index);
      } else {
        into.putFloat(index);
      }
    }
  }

  @Override
  public String fingerprint() {
    return "normal";
  }
}

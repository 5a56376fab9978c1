package org.score4j.runner.run;

import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.score4j.api.Examples;
import org.score4j.api.Metric;
import org.score4j.api.PixelRange;
import org.score4j.runner.recipe.Recipe;

/** Holds samples against data by the recipe's metrics. */
public final class Evaluator {
  /** Examples of an endless density beyond those that training reads. */
  private static final long FRESH = 1L << 40;

  private final Recipe recipe;
  private final Examples examples;

  /**
   * What samples are held against.
   *
   * @param examples the recipe's reference if there is one, else its data
   */
  public record Reference(Examples examples) {}

  @Inject
  Evaluator(Recipe recipe, Reference reference) {
    this.recipe = recipe;
    this.examples = reference.examples();
  }

  /** Measures samples against as many examples; endless densities give fresh ones. */
  public List<Metric.Measurement> measure(Generator.Samples samples) {
    List<Metric.Measurement> measurements = new ArrayList<>();
    if (recipe.evaluation().isEmpty()) {
      return measurements;
    }
    float[] real = real(samples.count());
    int count = real.length / Math.toIntExact(examples.shape().size());
    for (Metric metric : recipe.evaluation()) {
      Metric.Measuring measuring = metric.start(examples.shape());
      measuring.generated(samples.values(), samples.count());
      measuring.real(real, count);
      measurements.addAll(measuring.result());
    }
    return measurements;
  }

  /**
   * Examples as the model sees them: the first of a finite data set, fresh ones of a density.
   *
   * @param wanted how many; fewer are returned if there are not as many
   */
  public float[] real(int wanted) {
    long first = examples.size().isPresent() ? 0 : FRESH;
    int count = (int) Math.min(wanted, examples.size().orElse(Long.MAX_VALUE));
    return values(examples, first, count);
  }

  /** Examples as the model sees them, one after the other, row-major. */
  static float[] values(Examples examples, long first, int count) {
    int size = Math.toIntExact(examples.shape().size());
    Optional<PixelRange> pixels = examples.pixels();
    var buffer =
        ByteBuffer.allocate(size * (pixels.isPresent() ? 1 : Float.BYTES))
            .order(ByteOrder.nativeOrder());
    float[] values = new float[count * size];
    for (int i = 0; i < count; i++) {
      buffer.clear();
      examples.read(first + i, buffer);
      buffer.flip();
      for (int j = 0; j < size; j++) {
        values[i * size + j] =
            pixels.isPresent() ? pixels.get().fromByte(buffer.get()) : buffer.getFloat();
      }
    }
    return values;
  }
}

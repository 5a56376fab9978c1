package org.score4j.data;

import java.util.List;
import java.util.random.RandomGenerator;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.PluginName;
import org.score4j.api.Validation;

/**
 * Uniform on the dark squares of a board, {@code a} being the scale and {@code n} the cells:
 *
 * <pre>
 *   p(x) = 1 / (2 a^2)   if |x_1|, |x_2| &lt; a and floor(n (x_1 + a) / 2a) + floor(n (x_2 + a) / 2a) is even,
 *   p(x) = 0             elsewhere.
 * </pre>
 *
 * <p>Examples are float32 [2], without end and without classes. Each coordinate by itself is
 * uniform on [-a, a], so the variance is {@code a^2 / 3}: 1 by default.
 *
 * @param cells squares along each side, even; 4 by default
 * @param scale half the length of a side, above 0; the square root of 3 by default
 * @param seed examples are a function of it and their number
 */
@PluginName("checkerboard")
public record Checkerboard(int cells, double scale, long seed) implements Dataset {

  /** 4 by 4 squares on [-sqrt(3), sqrt(3)]^2, seed 0. */
  public Checkerboard() {
    this(4, Math.sqrt(3), 0);
  }

  /** Checks the components. */
  public Checkerboard {
    Validation.begin()
        .rule(cells >= 2 && cells % 2 == 0, "cells", cells, "must be an even number, at least 2")
        .positive("scale", scale)
        .end();
  }

  @Override
  public Examples open() {
    String fingerprint = new Fingerprint("checkerboard").with(seed).with(cells).with(scale).hex();
    return new PointExamples(2, List.of(), seed, this::draw, fingerprint);
  }

  private int draw(RandomGenerator random, double[] point) {
    int column = (int) (cells * random.nextDouble());
    int row = 2 * (int) (cells / 2 * random.nextDouble()) + column % 2;
    point[0] = scale * (2 * (column + random.nextDouble()) / cells - 1);
    point[1] = scale * (2 * (row + random.nextDouble()) / cells - 1);
    return 0;
  }
}

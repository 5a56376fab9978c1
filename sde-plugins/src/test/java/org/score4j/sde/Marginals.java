package org.score4j.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.score4j.api.Sde;

/**
 * A table of {@code t, drift, diffusion, alpha, sigma}: the closed forms of Song et al. 2021 in
 * float64, evaluated outside of this project.
 */
record Marginals(List<double[]> rows) {

  static Marginals read(String resource) throws IOException {
    try (var stream = Marginals.class.getResourceAsStream(resource);
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return new Marginals(
          reader
              .lines()
              .skip(1)
              .map(
                  line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toList());
    }
  }

  /** Every entry agrees to a relative error of 1e-12. */
  void assertMatch(Sde sde) {
    assertTrue(rows.size() > 20);
    for (double[] row : rows) {
      double t = row[0];
      assertClose(row[1], sde.drift(t), "drift", t);
      assertClose(row[2], sde.diffusion(t), "diffusion", t);
      assertClose(row[3], sde.alpha(t), "alpha", t);
      assertClose(row[4], sde.sigma(t), "sigma", t);
    }
  }

  private static void assertClose(double expected, double actual, String what, double t) {
    assertEquals(expected, actual, 1e-12 * Math.abs(expected), what + "(" + t + ")");
  }
}

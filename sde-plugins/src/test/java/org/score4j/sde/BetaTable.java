package org.score4j.sde;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A published discrete schedule: row k - 1 holds {@code beta_k} and {@code alpha(k)^2}, evaluated
 * in float64 outside of this project.
 */
record BetaTable(double[] beta, double[] alphaSquared) {

  static BetaTable read(String resource) throws IOException {
    try (var stream = BetaTable.class.getResourceAsStream(resource);
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      var rows = reader.lines().skip(1).map(line -> line.split(",")).toList();
      return new BetaTable(
          rows.stream().mapToDouble(row -> Double.parseDouble(row[0])).toArray(),
          rows.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray());
    }
  }

  int steps() {
    return beta.length;
  }
}

package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.score4j.report.chart.DecadePlot;

/**
 * How a cost grows.
 *
 * @param costs by size, ascending
 */
record Growth(TreeMap<Integer, Double> costs) {

  Growth() {
    this(new TreeMap<>());
  }

  void add(int size, double cost) {
    costs.put(size, cost);
  }

  /** p of the power of the size, cost ~ size^p, that fits best: 1 for what is linear. */
  double power() {
    double meanX = 0;
    double meanY = 0;
    for (var point : costs.entrySet()) {
      meanX += Math.log(point.getKey()) / costs.size();
      meanY += Math.log(point.getValue()) / costs.size();
    }
    double xy = 0;
    double xx = 0;
    for (var point : costs.entrySet()) {
      double x = Math.log(point.getKey()) - meanX;
      xy += x * (Math.log(point.getValue()) - meanY);
      xx += x * x;
    }
    return xy / xx;
  }

  /** Cost of the largest, as a multiple of that of the smallest. */
  double factor() {
    return costs.lastEntry().getValue() / costs.firstEntry().getValue();
  }

  /** Draws several over the same sizes, both axes logarithmic. */
  static void plot(Lab lab, String file, String sizes, String costs, Map<String, Growth> curves) {
    List<Integer> x = new ArrayList<>(curves.values().iterator().next().costs().keySet());
    Map<String, List<Double>> values = new TreeMap<>();
    curves.forEach((name, growth) -> values.put(name, List.copyOf(growth.costs().values())));
    try {
      Files.createDirectories(lab.output());
      Files.writeString(
          lab.output().resolve(file + ".svg"),
          new DecadePlot(sizes, costs, x, values, OptionalDouble.empty()).svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

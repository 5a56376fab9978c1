package org.score4j.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.score4j.api.Metric.Interval;
import org.score4j.api.Metric.Measurement;

class ComparisonTableTest {
  @Test
  void numbersComeWithHalfTheirIntervalsAndTheRealDataLast() {
    var table =
        new ComparisonTable(
            500,
            List.of(10, 20),
            Map.of("{type:ddim}", List.of(fid(0.75, 0.25), new Measurement("fid", 0.5))),
            Optional.of(fid(0.125, 0.0625)));
    assertEquals(
        """
        | fid of 500 samples, by NFE | 10 | 20 |
        |---|---:|---:|
        | `{type:ddim}` | 0.7500 ± 0.25 | 0.5000 |
        | real data | 0.1250 ± 0.063 | 0.1250 ± 0.063 |
        """,
        table.markdown());
  }

  private static Measurement fid(double value, double half) {
    return new Measurement("fid", value, Optional.of(new Interval(value - half, value + half)));
  }
}

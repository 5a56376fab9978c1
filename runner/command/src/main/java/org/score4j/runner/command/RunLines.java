package org.score4j.runner.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.score4j.DrawnSamples;
import org.score4j.api.Metric;
import org.score4j.format.text.Numerals;
import org.score4j.report.picture.SamplePicture;

/** What a run has made, in lines. */
final class RunLines {
  private RunLines() {}

  /** Samples, their picture, what was measured on them, and the page that shows the run. */
  static List<String> of(DrawnSamples drawn, Optional<Path> page) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d samples, %d network evaluations each: %s",
            drawn.count(),
            drawn.evaluations(),
            shown(drawn.file())));
    int shown = SamplePicture.shown(drawn);
    String which =
        shown < drawn.count()
            ? "picture of the first " + Numerals.count(shown) + ": "
            : "picture: ";
    SamplePicture.of(drawn).ifPresent(path -> lines.add(which + shown(path)));
    drawn.measurements().forEach(measurement -> lines.add(of(measurement)));
    page.ifPresent(path -> lines.add(of(path)));
    return lines;
  }

  /** Where the page is. */
  static String of(Path page) {
    return "page: " + shown(page);
  }

  /** A measurement with its interval. */
  static String of(Metric.Measurement measurement) {
    return measurement.name()
        + ": "
        + Numerals.ascii(measurement.value(), 6)
        + measurement
            .interval()
            .map(
                i ->
                    " (95 %: "
                        + Numerals.ascii(i.low(), 6)
                        + " to "
                        + Numerals.ascii(i.high(), 6)
                        + ")")
            .orElse("");
  }

  /** A path as short as it can be written here. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return (path.startsWith(here) ? here.relativize(path) : path).toString();
  }
}

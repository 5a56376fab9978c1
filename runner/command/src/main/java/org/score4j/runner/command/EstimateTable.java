package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.score4j.api.Examples;
import org.score4j.format.text.Bytes;
import org.score4j.format.text.ClockTime;
import org.score4j.run.Estimate;
import org.score4j.runner.console.Table;

/** What a dry run prints. */
final class EstimateTable {
  private final List<List<String>> rows = new ArrayList<>();

  private EstimateTable() {}

  static List<String> lines(Estimate estimate) {
    var table = new EstimateTable();
    table.row("examples", examples(estimate.examples()));
    estimate.classShares().ifPresent(shares -> table.row("classes", shares));
    estimate.notes().forEach(note -> table.row("note", note));
    estimate.from().ifPresent(from -> table.row("from", from));
    estimate.training().ifPresent(table::add);
    estimate.sampling().ifPresent(table::add);
    estimate
        .peakMemory()
        .ifPresent(
            bytes ->
                table.row("measured", Bytes.shown(bytes) + " peak memory so far, all together"));
    return new Table(List.of("dry run", estimate.name()), table.rows).lines();
  }

  private void row(String subject, String text) {
    rows.add(List.of(subject, text));
  }

  private static String examples(Examples examples) {
    String count =
        examples.size().isPresent()
            ? String.format(Locale.ROOT, "%,d", examples.size().getAsLong())
            : "any number";
    return count
        + " of shape "
        + examples.shape()
        + examples
            .pixels()
            .map(range -> ", pixels in [%s, %s]".formatted(range.low(), range.high()))
            .orElse("")
        + (examples.standardization().isPresent() ? ", standardized" : "")
        + switch (examples.classes()) {
          case 0 -> "";
          case 1 -> ", 1 class";
          default -> ", " + examples.classes() + " classes";
        };
  }

  private void add(Estimate.Training training) {
    row(
        "parameters",
        String.format(
            Locale.ROOT, "%,d in %,d tensors", training.parameters(), training.tensors()));
    row(
        "checkpoint",
        Bytes.shown(training.checkpointBytes()) + " with EMA weights and the optimizer's memory");
    training.memory().forEach(line -> row("memory", line));
    row(
        "training",
        String.format(
            Locale.ROOT,
            "%,d steps of %,d examples, %.3g s each: about %s",
            training.steps(),
            training.examplesPerStep(),
            training.secondsPerStep(),
            ClockTime.of(training.seconds())));
  }

  private void add(Estimate.Sampling sampling) {
    String time =
        sampling
            .steps()
            .map(
                steps ->
                    String.format(
                        Locale.ROOT,
                        "%,d function evaluations each, %.3g s a step of %,d: about %s",
                        steps.evaluations(),
                        steps.seconds(),
                        steps.count(),
                        ClockTime.of(steps.seconds() * steps.count() * sampling.batches())))
            .orElse("of unknown duration");
    row(
        "sampling",
        String.format(
            Locale.ROOT,
            "%,d samples, %,d at a time, %s",
            sampling.count(),
            sampling.batch(),
            time));
  }
}

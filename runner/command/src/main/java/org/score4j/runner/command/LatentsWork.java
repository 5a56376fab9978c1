package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import org.score4j.Monitor;
import org.score4j.api.Progress;
import org.score4j.flow.FlowSettings;
import org.score4j.flow.Latents;
import org.score4j.folder.NewOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options and course of the commands that go between data and latents, from file to file. */
final class LatentsWork {
  private final Runs runs;
  private final Monitor monitor;
  @Mixin private Plugins plugins;
  @Mixin private SettingsOption settings;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "A safetensors file.")
  private Path input;

  @Mixin private FlowOptions flow;
  @Mixin private OutputOptions output;

  @Inject
  LatentsWork(Runs runs, Monitor monitor) {
    this.runs = runs;
    this.monitor = monitor;
  }

  /** What such a command does once the run is open. */
  interface Way<T> {
    T go(Latents latents, Path input, NewOutput output, FlowSettings settings, Progress progress);
  }

  <T> T go(String label, Way<T> way) {
    FlowSettings flowSettings = flow.settings(output.weights(), FlowSettings.LATENTS_TOLERANCE);
    return runs.read(
        run,
        settings.get(),
        plugins,
        Latents.class,
        latents ->
            monitor.over(
                label,
                "step",
                progress -> way.go(latents, input, output.output(), flowSettings, progress)));
  }

  Path output() {
    return output.path();
  }
}

package org.score4j.runner.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What of a run's recipe a command replaces. */
final class SettingsOption {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replaces a value of the recipe, as in --set data.path=DIR if the data have moved.",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  List<String> get() {
    return settings;
  }
}

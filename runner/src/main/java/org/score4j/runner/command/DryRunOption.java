package org.score4j.runner.command;

import picocli.CommandLine.Option;

/** The option of commands that can tell what they would do. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description = {
        "Tries a few steps, and tells shapes, parameters, memory and time.",
        "Trains nothing and writes nothing."
      })
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }
}

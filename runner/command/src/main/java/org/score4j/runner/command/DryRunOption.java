package org.score4j.runner.command;

import picocli.CommandLine.Option;

/** The option of commands that can estimate what they would take. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description = {
        "Runs a few steps and estimates shapes, parameters, memory and time.",
        "Trains nothing and writes nothing."
      })
  private boolean wanted;

  boolean wanted() {
    return wanted;
  }
}

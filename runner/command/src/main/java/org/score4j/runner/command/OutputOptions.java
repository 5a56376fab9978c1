package org.score4j.runner.command;

import java.nio.file.Path;
import org.score4j.folder.NewOutput;
import org.score4j.folder.Weights;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that make something of a run's weights. */
final class OutputOptions {
  @Option(
      names = "--output",
      paramLabel = "PATH",
      required = true,
      description = "Output file, or folder for a SavedModel; must not exist, unless with --force.")
  private Path path;

  @Option(names = "--force", description = "Replaces an existing output.")
  private boolean force;

  @Mixin private WeightsOption weights;

  Path path() {
    return path;
  }

  NewOutput output() {
    return new NewOutput(path, force);
  }

  Weights weights() {
    return weights.which();
  }
}

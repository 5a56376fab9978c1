package org.score4j.runner;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: prints its usage, as there are no commands yet. */
@Command(name = "runner", description = "Runs recipes of score-based generative models.")
public final class Main implements Runnable {

  private Main() {}

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }

  /** Ends the process with code 2: nothing was asked for that could be done. */
  public static void main(String[] arguments) {
    new CommandLine(new Main()).execute(arguments);
    System.exit(CommandLine.ExitCode.USAGE);
  }
}

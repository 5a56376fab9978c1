package org.score4j.runner;

import com.google.inject.Guice;
import com.google.inject.Injector;
import org.score4j.runner.command.CommandModule;
import org.score4j.runner.command.RunnerCommand;
import org.score4j.runner.run.Interruption;

/** The entry of the command line. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its status: 0 done, 1 failure, 2 bad input, 130
   * interrupted.
   */
  public static void main(String[] arguments) {
    Interruption interruption = Interruption.listen();
    Injector injector = Guice.createInjector(new CommandModule(interruption));
    int status = RunnerCommand.execute(injector, arguments);
    boolean stopping = interruption.requested();
    interruption.finished();
    if (!stopping) {
      System.exit(status);
    }
    // Otherwise the virtual machine has been waiting for this thread; it ends with the status of
    // the
    // signal.
  }
}

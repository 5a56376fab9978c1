package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.util.stream.Stream;
import org.score4j.Monitor;
import org.score4j.examples.DataCheck;
import org.score4j.interop.checkpoint.InteropModule;
import org.score4j.report.ReportModule;
import org.score4j.run.RunModule;
import org.score4j.run.RunOpener;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.doctor.JvmFault;
import picocli.CommandLine.Command;

/** What every command can ask for. */
public final class CommandModule extends AbstractModule {
  private final Interruption interruption;
  private final ProgressDisplay display;
  private final StandardOutput output;
  private final JvmFault fault;

  /** A module for one process. */
  public CommandModule(
      Interruption interruption, ProgressDisplay display, StandardOutput output, JvmFault fault) {
    this.interruption = interruption;
    this.display = display;
    this.output = output;
    this.fault = fault;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    bind(Interruption.class).toInstance(interruption);
    bind(ProgressDisplay.class).toInstance(display);
    bind(StandardOutput.class).toInstance(output);
    bind(JvmFault.class).toInstance(fault);
    bind(Plugins.class);
    bind(Monitor.class).to(ConsoleMonitor.class);
    bind(ConsoleMonitor.class);
    bind(DataCheck.class);
    bind(LatentsWork.class);
    bind(RunnerCommand.class);
    // Commands are named once, where picocli finds them.
    Stream.of(RunnerCommand.class.getAnnotation(Command.class).subcommands()).forEach(this::bind);
    bind(RunOpener.class);
    bind(Runs.class);
    var rooms = Multibinder.newSetBinder(binder(), RunModule.class);
    rooms.addBinding().toInstance(new InteropModule());
    rooms.addBinding().toInstance(new ReportModule());
    rooms.addBinding().toInstance(new ConsoleRunModule());
  }
}

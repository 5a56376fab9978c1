package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.score4j.Monitor;
import org.score4j.examples.DataCheck;
import org.score4j.interop.checkpoint.InteropModule;
import org.score4j.report.ReportModule;
import org.score4j.run.RunModule;
import org.score4j.run.RunOpener;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.console.StandardOutput;
import org.score4j.runner.doctor.JvmFault;

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
    bind(RunCommand.class);
    bind(TrainCommand.class);
    bind(SampleCommand.class);
    bind(AnimateCommand.class);
    bind(EvaluateCommand.class);
    bind(CompareCommand.class);
    bind(ScoreCommand.class);
    bind(LikelihoodCommand.class);
    bind(EncodeCommand.class);
    bind(DecodeCommand.class);
    bind(InterpolateCommand.class);
    bind(ReportCommand.class);
    bind(ExportCommand.class);
    bind(ImportCommand.class);
    bind(PluginsCommand.class);
    bind(KeysCommand.class);
    bind(SchemaCommand.class);
    bind(ValidateCommand.class);
    bind(DoctorCommand.class);
    bind(CompletionCommand.class);
    bind(InitCommand.class);
    bind(RunOpener.class);
    bind(Runs.class);
    var rooms = Multibinder.newSetBinder(binder(), RunModule.class);
    rooms.addBinding().toInstance(new InteropModule());
    rooms.addBinding().toInstance(new ReportModule());
    rooms.addBinding().toInstance(new ConsoleRunModule());
  }
}

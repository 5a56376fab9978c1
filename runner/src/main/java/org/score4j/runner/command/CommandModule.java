package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import org.score4j.runner.console.ProgressDisplay;
import org.score4j.runner.run.Interruption;

/** What every command can ask for. */
public final class CommandModule extends AbstractModule {
  private final Interruption interruption;

  /** A module for one process. */
  public CommandModule(Interruption interruption) {
    this.interruption = interruption;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    bind(Interruption.class).toInstance(interruption);
    bind(ProgressDisplay.class).toInstance(ProgressDisplay.onStandardError());
    bind(Plugins.class);
    bind(RunnerCommand.class);
    bind(RunCommand.class);
    bind(TrainCommand.class);
    bind(SampleCommand.class);
    bind(PluginsCommand.class);
    bind(RunOpener.class);
  }
}

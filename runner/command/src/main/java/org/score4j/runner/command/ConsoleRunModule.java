package org.score4j.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Singleton;
import org.score4j.RunListener;
import org.score4j.run.RunModule;

/** What the console shows of a run. */
final class ConsoleRunModule extends AbstractModule implements RunModule {
  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), RunListener.class).addBinding().to(TrainingDisplay.class);
    bind(ShownRun.class);
    bind(TrainingDisplay.class).in(Singleton.class);
  }
}

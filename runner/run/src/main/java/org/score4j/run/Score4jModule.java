package org.score4j.run;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.score4j.Monitor;
import org.score4j.RunListener;

/** Opens runs for an application, which hears of them by a listener. */
public final class Score4jModule extends AbstractModule {
  private final Monitor monitor;
  private final RunListener listener;

  /** What the application hears by. */
  public Score4jModule(Monitor monitor, RunListener listener) {
    this.monitor = monitor;
    this.listener = listener;
  }

  @Override
  protected void configure() {
    bind(Monitor.class).toInstance(monitor);
    bind(RunOpener.class);
    Multibinder.newSetBinder(binder(), RunModule.class)
        .addBinding()
        .toInstance(
            run ->
                Multibinder.newSetBinder(run, RunListener.class).addBinding().toInstance(listener));
  }
}

package org.score4j.runner.run;

import com.google.inject.AbstractModule;

/** Imports and exports of a run's weights. */
public final class InteropModule extends AbstractModule implements RunModule {
  @Override
  protected void configure() {
    bind(Importer.class);
    bind(Exporter.class);
  }
}

package org.score4j.interop.checkpoint;

import com.google.inject.AbstractModule;
import org.score4j.run.RunModule;

/** Imports and exports of a run's weights. */
public final class InteropModule extends AbstractModule implements RunModule {
  @Override
  protected void configure() {
    bind(Importer.class);
    bind(Exporter.class);
  }
}

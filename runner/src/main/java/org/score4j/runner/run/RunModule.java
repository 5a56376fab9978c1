package org.score4j.runner.run;

import com.google.inject.Module;

/** Adds workers and {@link RunListener}s to every run that is opened. */
public interface RunModule extends Module {}

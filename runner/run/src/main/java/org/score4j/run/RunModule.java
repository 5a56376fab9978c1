package org.score4j.run;

import com.google.inject.Module;
import org.score4j.RunListener;

/** Adds workers and {@link RunListener}s to every run that is opened. */
public interface RunModule extends Module {}

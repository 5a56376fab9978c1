package org.score4j.engine.graph;

import java.util.function.Supplier;
import org.score4j.format.TensorFile;

/**
 * A model's parameters as a checkpoint holds them, for a program that is never given others. If
 * they take 256 MB at most, they are constants of its graph: TensorFlow brings these into the form
 * that it computes with once, and not at each evaluation.
 *
 * @param checkpoint asked for if the model has parameters
 * @param prefix {@code "ema"} for the averaged parameters, {@code "model"} for the last ones
 */
public record StoredParameters(Supplier<TensorFile> checkpoint, String prefix) {}

/**
 * What turns plugins into running computations: the only owner of TensorFlow's graphs and sessions.
 *
 * <p>{@link org.score4j.engine.TrainingProgram} trains a model, {@link
 * org.score4j.engine.SamplingProgram} draws from it; both hold their variables in a {@link
 * org.score4j.engine.Computation} and exchange them through {@link org.score4j.engine.TensorFile}s.
 * The runner drives them from recipes; they are as usable from plain Java.
 */
package org.score4j.engine;

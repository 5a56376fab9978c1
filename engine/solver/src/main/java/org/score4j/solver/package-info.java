/**
 * Adaptive solution of ordinary differential equations by the kernels of a {@link
 * org.score4j.api.SamplerGraph}: what samplers, encodings and likelihoods have in common.
 *
 * <p>An embedded method ({@link org.score4j.solver.AdaptiveSteps.Method}) tries steps and estimates
 * their errors, a {@link org.score4j.solver.StepController} judges each sample's step and proposes
 * the next, and {@link org.score4j.solver.AdaptiveSteps} leads from one time to the other.
 *
 * <p>No contract for plugins: it may change in any version.
 */
package org.score4j.solver;

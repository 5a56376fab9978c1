/**
 * Adaptive solution of ordinary differential equations by the kernels of a {@link
 * org.score4j.api.SamplerGraph}: what samplers, encodings and likelihoods have in common.
 */
package org.score4j.api.ode;

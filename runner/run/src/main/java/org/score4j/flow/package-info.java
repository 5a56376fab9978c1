/** The probability-flow ODE: likelihoods and latents. */
package org.score4j.flow;

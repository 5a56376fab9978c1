/**
 * Samplers, one algorithm a file, and the predictors, correctors and time grids they are made of.
 *
 * <p>Times run backwards: a step goes from {@code t} to an earlier {@code s}, both of the grid.
 */
package org.score4j.sampler;

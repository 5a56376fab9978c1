/** Weights that other programs trained. */
package org.score4j.engine.weights;

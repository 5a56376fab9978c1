/** Samplers compiled to kernels, with controls. */
package org.score4j.engine.sampling;

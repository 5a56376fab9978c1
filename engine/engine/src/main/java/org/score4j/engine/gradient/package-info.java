/** Gradients that TensorFlow lacks. */
package org.score4j.engine.gradient;

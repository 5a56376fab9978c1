/** The processor that TensorFlow computes on, and what has to be loaded for it. */
package org.score4j.engine.device;

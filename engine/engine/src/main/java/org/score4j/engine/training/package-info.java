/** Training steps, and the batches they read. */
package org.score4j.engine.training;

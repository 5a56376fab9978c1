/** Scores as graphs that other programs can run. */
package org.score4j.engine.export;

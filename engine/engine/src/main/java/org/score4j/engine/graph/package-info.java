/** Graphs with their variables, and what these hold. */
package org.score4j.engine.graph;

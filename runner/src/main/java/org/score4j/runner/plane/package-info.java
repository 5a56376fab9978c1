/** The plane: noised densities, score fields and paths of two-dimensional data. */
package org.score4j.runner.plane;

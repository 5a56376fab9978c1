/** Standardization: the units of the data, and those of the model. */
package org.score4j.runner.units;

/** A run: training, sampling, evaluation, and the folder in which all of it is kept. */
package org.score4j.runner.run;

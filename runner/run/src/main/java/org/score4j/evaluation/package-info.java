/** Samples compared with data. */
package org.score4j.evaluation;

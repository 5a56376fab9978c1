/** Train, resume, sample, score and evaluate. */
package org.score4j;

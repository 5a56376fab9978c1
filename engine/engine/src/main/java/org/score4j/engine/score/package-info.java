/** The score of given states, and likelihoods. */
package org.score4j.engine.score;

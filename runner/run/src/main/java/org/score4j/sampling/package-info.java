/** Samples and scores of trained models. */
package org.score4j.sampling;

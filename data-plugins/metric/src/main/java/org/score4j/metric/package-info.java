/** Measures of the distance between samples and data. */
package org.score4j.metric;

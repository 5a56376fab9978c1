/** The data of a run: standardized, checked, and described. */
package org.score4j.examples;

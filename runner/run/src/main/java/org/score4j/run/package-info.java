/** A run from its recipe to its samples. */
package org.score4j.run;

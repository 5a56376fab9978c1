/** Which classes are drawn, and by which names. */
package org.score4j.label;

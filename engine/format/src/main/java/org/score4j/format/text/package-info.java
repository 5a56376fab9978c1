/** Numbers, sizes and names as people read them. */
package org.score4j.format.text;

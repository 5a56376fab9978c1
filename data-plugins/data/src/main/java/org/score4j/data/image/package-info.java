/** Decodes image files. */
package org.score4j.data.image;

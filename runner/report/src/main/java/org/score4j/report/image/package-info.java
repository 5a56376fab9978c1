/** Files of pixels: images as PNG, animations as GIF. */
package org.score4j.report.image;

/** Decodes the images of lossless WebP files: VP8L (RFC 9649, section 3). */
package org.score4j.data.vp8l;

/** Decodes the images of lossy WebP files: key frames of VP8 (RFC 6386). */
package org.score4j.data.vp8;

/** Folders of diffusers. */
package org.score4j.interop.diffusers;

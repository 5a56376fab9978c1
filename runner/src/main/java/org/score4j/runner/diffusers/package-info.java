/** Reads what the library diffusers saves. */
package org.score4j.runner.diffusers;

/** Checkpoints of other programs, in and out. */
package org.score4j.interop.checkpoint;

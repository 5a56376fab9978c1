/** Files of torch.save, read without running them. */
package org.score4j.format.torch;

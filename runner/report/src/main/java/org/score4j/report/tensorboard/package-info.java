/** Files that TensorBoard reads. */
package org.score4j.report.tensorboard;

/** Controls: what is known of a sample besides what the model was trained on. */
package org.score4j.control;

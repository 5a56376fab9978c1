/** Training, from where it left off. */
package org.score4j.training;

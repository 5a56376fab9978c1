/** Random numbers as functions of seed, sample and place. */
package org.score4j.engine.random;

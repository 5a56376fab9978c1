/** The first recipe for data. */
package org.score4j.runner.init;

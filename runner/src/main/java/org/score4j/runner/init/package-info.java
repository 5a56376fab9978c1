/** A first recipe for data of one's own. */
package org.score4j.runner.init;

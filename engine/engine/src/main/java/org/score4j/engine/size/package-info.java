/** Parameters and memory of networks, counted before they are built. */
package org.score4j.engine.size;

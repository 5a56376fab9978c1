/** Class labels: how they are drawn, fed and dropped. */
package org.score4j.engine.label;

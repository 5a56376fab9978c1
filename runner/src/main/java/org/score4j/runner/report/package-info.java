/** Pictures of a run, as PNG, SVG and GIF. */
package org.score4j.runner.report;

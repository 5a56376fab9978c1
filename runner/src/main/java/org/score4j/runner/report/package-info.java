/** Pictures of a run, as PNG files. */
package org.score4j.runner.report;

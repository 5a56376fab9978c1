/** Pages and the charts on them. */
package org.score4j.report.chart;

/** What a run has to show, drawn: samples, losses, fields and densities of the plane. */
package org.score4j.report.picture;

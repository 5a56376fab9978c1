/** Densities and fields in the plane. */
package org.score4j.report.plane;

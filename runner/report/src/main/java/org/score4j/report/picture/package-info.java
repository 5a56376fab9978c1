/** Pictures and animations. */
package org.score4j.report.picture;

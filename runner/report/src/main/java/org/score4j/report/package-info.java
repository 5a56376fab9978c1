/** What a run has to show. */
package org.score4j.report;

/** What a person at the terminal, or reading a log, sees of the work: progress and tables. */
package org.score4j.runner.console;

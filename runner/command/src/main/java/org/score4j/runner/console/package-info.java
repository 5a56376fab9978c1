/** The terminal: progress, tables and text that is safe to print. */
package org.score4j.runner.console;

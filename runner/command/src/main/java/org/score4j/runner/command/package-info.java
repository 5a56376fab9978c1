/** One class for each command, and what they share. */
package org.score4j.runner.command;

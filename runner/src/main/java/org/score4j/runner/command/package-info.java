/** The commands of the command line: what they accept, and what they say. */
package org.score4j.runner.command;

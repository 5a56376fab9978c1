/** The entry of the command line. */
package org.score4j.runner;

/** What is wrong with this machine. */
package org.score4j.runner.doctor;

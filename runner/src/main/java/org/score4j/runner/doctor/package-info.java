/** Whether this machine can run score4j, and what to do if not. */
package org.score4j.runner.doctor;

/** What a run takes of the machine, estimated before it takes it. */
package org.score4j.runner.size;

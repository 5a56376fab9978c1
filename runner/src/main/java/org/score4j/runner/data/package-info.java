/** Looks at opened data before they are used. */
package org.score4j.runner.data;

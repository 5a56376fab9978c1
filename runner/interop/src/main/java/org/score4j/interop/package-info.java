/** Imports and exports. */
package org.score4j.interop;

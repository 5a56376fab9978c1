/** Files: safetensors, and files that are there whole or not at all. */
package org.score4j.format;

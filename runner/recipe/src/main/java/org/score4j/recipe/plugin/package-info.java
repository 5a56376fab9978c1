/** Plugins: found, and described. */
package org.score4j.recipe.plugin;

/** JSON with the places of what it says. */
package org.score4j.recipe.json;

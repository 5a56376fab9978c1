/** Recipes: read, checked, written. */
package org.score4j.recipe;
